import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrateToLatest, resolveDatabaseOptions } from '@evernest/database';
import { MIGRATIONS } from '../database/migrations/index.js';
import type { CatalogSchema } from '../database/schema.js';
import { BooksExport } from './books-export.js';
import { BooksRepository } from './books.repository.js';

const BOOKS = 1000;
const SUMMARY = 'x'.repeat(1000);

/** Counts how often the export comes back for more. */
class CountingRepository extends BooksRepository {
  reads = 0;

  override list(...args: Parameters<BooksRepository['list']>): ReturnType<BooksRepository['list']> {
    this.reads += 1;
    return super.list(...args);
  }
}

const turnsOfTheLoop = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

describe('the export', () => {
  let folder: string;
  let database: Database<CatalogSchema>;
  let repository: CountingRepository;
  let books: BooksExport;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evernest-'));
    database = new Database(resolveDatabaseOptions({ url: `sqlite:${join(folder, 'test.db')}` }));
    await migrateToLatest(database, MIGRATIONS);
    const rows = Array.from({ length: BOOKS }, (_, index) => ({
      title: `Book ${index}`,
      title_key: '',
      summary: SUMMARY,
    }));
    await database.transaction(async (db) => {
      for (let start = 0; start < BOOKS; start += 100) {
        await db
          .insertInto('books')
          .values(rows.slice(start, start + 100))
          .execute();
      }
    });
  });

  beforeEach(() => {
    repository = new CountingRepository(database);
    books = new BooksExport(database, repository);
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('reads on only as fast as its reader takes', async () => {
    const { stream } = books.open('ndjson');
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    await turnsOfTheLoop(50);
    expect(repository.reads).toBeLessThanOrEqual(3);
    let rest = 0;
    while (!(await chunks.next()).done) rest += 1;
    expect(rest).toBeGreaterThan(5);
    expect(repository.reads).toBe(BOOKS / 100 + 1);
  });

  it('stops reading when its reader leaves', async () => {
    const { stream } = books.open('csv');
    await stream[Symbol.asyncIterator]().next();
    stream.destroy();
    await turnsOfTheLoop(50);
    const reads = repository.reads;
    await turnsOfTheLoop(50);
    expect(repository.reads).toBe(reads);
    expect(reads).toBeLessThanOrEqual(3);
  });

  it('gives every book once, in the order of their ids', async () => {
    const { stream } = books.open('ndjson');
    const text = (await stream.toArray()).join('');
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toHaveLength(BOOKS);
    expect(ids).toEqual(ids.toSorted((a: number, b: number) => a - b));
  });
});
