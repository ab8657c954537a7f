import { setTimeout as delay } from 'node:timers/promises';
import { Database, DatabaseUnavailableError, resolveDatabaseOptions } from '@evernest/database';
import { SeverableProxy } from '../support/severable-proxy.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

/** Longer than nobody has to be answered until the database is asked for a sign of life. */
const QUIET_MS = 2_100;
/** For a sign of life, 1 s. A caller alone would wait for the 5 s that a connection may take. */
const REFUSED_WITHIN_MS = 1_500;

const postgres = TEST_DATABASES.find(({ name }) => name === 'PostgreSQL');
const describeWithPostgres = postgres ? describe : describe.skip;

describeWithPostgres('a database that is silent (PostgreSQL: needs TEST_DATABASE_URL)', () => {
  let testDatabase: TestDatabase;
  let proxy: SeverableProxy;
  let database: Database;

  beforeEach(async () => {
    testDatabase = await postgres!.create();
    const url = new URL(testDatabase.url);
    proxy = new SeverableProxy(url.hostname, Number(url.port || 5432));
    await proxy.start();
    url.host = `127.0.0.1:${proxy.port}`;
    database = new Database(resolveDatabaseOptions({ url: url.href }));
  });
  afterEach(async () => {
    await database.close();
    await proxy.refuse();
    await testDatabase.drop();
  });

  const ask = () => database.ping(60_000);

  async function refusal(asking: Promise<void>): Promise<number> {
    const startedAtMs = performance.now();
    await expect(asking).rejects.toBeInstanceOf(DatabaseUnavailableError);
    return performance.now() - startedAtMs;
  }

  it('refuses all who come, long before the time of each is over, and serves as soon as it is back', async () => {
    await proxy.mute();
    const first = refusal(ask());
    await delay(QUIET_MS);
    const waits = await Promise.all(Array.from({ length: 20 }, () => refusal(ask())));
    expect(Math.max(...waits)).toBeLessThan(REFUSED_WITHIN_MS);
    expect(await refusal(ask())).toBeLessThan(REFUSED_WITHIN_MS);
    await proxy.start();
    await ask();
    await first;
  });

  it('gives up statements that nobody answers any more', async () => {
    await ask();
    proxy.silence();
    const startedAtMs = performance.now();
    const first = refusal(ask());
    await delay(QUIET_MS);
    await refusal(ask());
    await first;
    expect(performance.now() - startedAtMs).toBeLessThan(QUIET_MS + REFUSED_WITHIN_MS);
  });
});
