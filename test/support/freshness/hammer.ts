import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { WRITE_TOKEN } from '../service.js';
import type { VersionedBooks } from './versioned-books.js';

const READERS = 24;
/** Some ask on a new connection each time, which goes to any worker. */
const FRESH_READERS = 4;

interface Book {
  readonly id: number;
  readonly summary: string;
}

/** Writes a version of a book past the service, as a script or a person would. @returns once it is committed */
export type OutsideWriter = (bookId: number, version: number) => Promise<void>;

/**
 * Reads and writes through a cluster as fast as it answers, each write a higher version than the one before.
 * Each of `bookIds` has one writer: every other of them goes through the service, the rest past it.
 */
export async function hammer(
  url: string,
  bookIds: readonly number[],
  books: VersionedBooks,
  writeOutside: OutsideWriter,
  writesPerBook: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const over = new AbortController();

  const write = async (bookId: number, index: number) => {
    for (let version = 1; version <= writesPerBook; version += 1) {
      if (index % 2 === 0) {
        await ask(`${url}/books/${bookId}`, agent, { summary: String(version) });
      } else {
        await writeOutside(bookId, version);
      }
      books.noteAcknowledged(bookId, version);
    }
  };
  const read = async (index: number) => {
    while (!over.signal.aborted) {
      const bookId = books.any();
      const beganAtMs = performance.now();
      const book = await ask(`${url}/books/${bookId}`, index < FRESH_READERS ? false : agent);
      books.noteRead(bookId, Number(book.summary), beganAtMs);
    }
  };

  const readers = Array.from({ length: READERS }, (_, index) => read(index));
  await Promise.all(bookIds.map(write));
  over.abort();
  await Promise.all(readers);
  agent.destroy();
}

/** Reads, or changes what is given. @throws for any status but 200 */
async function ask(url: string, agent: Agent | false, change?: object): Promise<Book> {
  const body = change && JSON.stringify(change);
  const headers = body && { 'content-type': 'application/json', authorization: `Bearer ${WRITE_TOKEN}` };
  const asked = request(url, { agent, method: body ? 'PATCH' : 'GET', ...(headers && { headers }) }).end(
    body,
  );
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const answer = await json(response);
  if (response.statusCode === 200) return answer as Book;
  throw new Error(`${url} answered ${response.statusCode}: ${JSON.stringify(answer)}`);
}
