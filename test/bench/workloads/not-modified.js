import { drawBookPaths } from './books.js';
import { CONNECTIONS } from './connections.js';
import { randomFrom } from './random.js';

const BOOKS = 400;
const SEED = 304;

export const notModified = {
  name: 'books-not-modified',
  title: 'One book by id with its ETag in If-None-Match: 304, or 200 where a target has no ETags',
  /** Each target tags in its own way, so it is asked first. */
  async prepare({ ask, catalogue }) {
    const paths = new Set(drawBookPaths({ catalogue, random: randomFrom(SEED) }, BOOKS));
    const tagged = [];
    for (const path of paths) tagged.push({ path, etag: (await ask({ path })).headers.get('etag') });
    return { tagged };
  },
  /** Each connection begins elsewhere in the same list, so that a few requests of all of them are the whole of it. */
  requests({ prepared: { tagged }, connection, connections }) {
    const first = Math.floor((connection * tagged.length) / connections);
    return [...tagged.slice(first), ...tagged.slice(0, first)].map(({ path, etag }) => ({
      path,
      headers: etag ? { 'if-none-match': etag } : {},
    }));
  },
  leadIn: Math.ceil(BOOKS / CONNECTIONS),
  comparable: ({ status }) => (status === 304 ? 200 : status),
  expects: [200, 304],
};
