import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Database, POSTGRES_STALENESS_BOUND_MS, resolveDatabaseOptions } from '@evernest/database';
import { sendRaw } from '../../libs/service-door/src/door-client.fixture.js';
import { hammer } from '../support/freshness/hammer.js';
import { VersionedBooks } from '../support/freshness/versioned-books.js';
import { Pm2 } from '../support/pm2.js';
import { WRITE_TOKEN } from '../support/service.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

const BOOKS = 6;
const WRITES_PER_BOOK = Number(process.env['FRESHNESS_WRITES'] ?? 150);

describe.each(TEST_DATABASES)('a cluster of three with response caches on $name', ({ name, create }) => {
  /** A read that begins this much later than a write was acknowledged shows it. */
  const boundMs = name === 'SQLite' ? 0 : POSTGRES_STALENESS_BOUND_MS;
  let testDatabase: TestDatabase;
  let pm2: Pm2;
  let database: Database<{ books: { id: number; summary: string } }>;
  let url: string;

  beforeAll(async () => {
    testDatabase = await create();
    pm2 = await Pm2.create({
      DATABASE_URL: testDatabase.url,
      WEB_CONCURRENCY: '3',
      WRITE_TOKENS: WRITE_TOKEN,
    });
    await pm2.run('start', 'ecosystem.config.js', '--env', 'production', '--only', 'catalog');
    url = `http://127.0.0.1:${pm2.port}`;
    database = new Database(resolveDatabaseOptions({ url: testDatabase.url }));
  }, 60_000);

  afterAll(async () => {
    await database.close();
    await pm2.dispose();
    await testDatabase.drop();
  }, 60_000);

  async function addBook(): Promise<number> {
    const answer = await fetch(`${url}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${WRITE_TOKEN}` },
      body: JSON.stringify({ title: 'Much read and rewritten', summary: '0' }),
    });
    return ((await answer.json()) as { id: number }).id;
  }

  /** How many requests the workers answered from memory, each by itself. */
  async function hits(): Promise<number[]> {
    const run = join(pm2.stateDir, 'run');
    const expositions = readdirSync(run).map((socket) =>
      sendRaw({ path: join(run, socket) }, 'GET /metrics'),
    );
    return (await Promise.all(expositions)).map(({ body }) =>
      Number(/^evernest_response_cache_requests_total{outcome="hit"} (\d+)$/m.exec(body)?.[1]),
    );
  }

  it('never shows less than what was acknowledged before, within the bound of the database', async () => {
    const bookIds = await Promise.all(Array.from({ length: BOOKS }, addBook));
    const books = new VersionedBooks(bookIds);
    await hammer(
      url,
      bookIds,
      books,
      async (id, version) => {
        await sql`update books set summary = ${String(version)} where id = ${id}`.execute(database.db);
      },
      WRITES_PER_BOOK,
    );

    const stale = books.staleReads.map(({ staleForMs }) => staleForMs).toSorted((one, other) => one - other);
    console.log(
      `${name}: ${books.reads} reads during ${books.writes} writes, ${(await hits()).join(' + ')} from memory; ${stale.length} were stale, ` +
        `for ${stale[stale.length >> 1]?.toFixed(1) ?? 0} ms (median) and at most ${stale.at(-1)?.toFixed(1) ?? 0} ms`,
    );
    expect(books.writes).toBe(BOOKS * WRITES_PER_BOOK);
    expect(books.reads).toBeGreaterThan(books.writes);
    expect(stale.filter((forMs) => forMs > boundMs)).toHaveLength(0);
    for (const answered of await hits()) expect(answered).toBeGreaterThan(0);
  }, 120_000);
});
