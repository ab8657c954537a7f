import { setTimeout as delay } from 'node:timers/promises';
import { SeverableProxy } from '../support/severable-proxy.js';
import { SupervisedCluster, type SupervisedWorker } from '../support/supervised-cluster.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

/** For how long the database is away, in ms; `DATABASE_AWAY_MS=60000` is a restart of a real one. */
const AWAY_MS = Number(process.env['DATABASE_AWAY_MS'] ?? 12_000);
const WORKERS = 2;

const postgres = TEST_DATABASES.find(({ name }) => name === 'PostgreSQL');
const describeWithPostgres = postgres ? describe : describe.skip;

describeWithPostgres('a database that goes away (PostgreSQL: needs TEST_DATABASE_URL)', () => {
  let database: TestDatabase;
  let proxy: SeverableProxy;
  let cluster: SupervisedCluster;

  beforeAll(async () => {
    database = await postgres!.create();
    const url = new URL(database.url);
    proxy = new SeverableProxy(url.hostname, Number(url.port || 5432));
    await proxy.start();
    url.host = `127.0.0.1:${proxy.port}`;
    cluster = await SupervisedCluster.start(WORKERS, { DATABASE_URL: url.href });
  }, 90_000);
  afterAll(async () => {
    await cluster.dispose();
    await proxy.refuse();
    await database.drop();
  }, 60_000);

  async function status(path: string): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${cluster.pm2.port}${path}`);
    await answer.body?.cancel();
    return answer.status;
  }

  /** Looks again and again for so long. @returns what was not as it is to be while the database is away */
  async function wrongFor(lengthMs: number): Promise<unknown[]> {
    const wrong: unknown[] = [];
    for (const endMs = performance.now() + lengthMs; performance.now() < endMs;) {
      const seen = [await status('/health/live'), await status('/health/ready'), await status('/books')];
      if (seen.join() !== '200,503,503') wrong.push(seen);
      await delay(200);
    }
    return wrong;
  }

  const all = (are: (worker: SupervisedWorker) => boolean) => (seen: SupervisedWorker[]) =>
    seen.length === WORKERS && seen.every(are);

  it(
    'is no reason to restart anything: the workers live, are not ready, and are back with it',
    async () => {
      const before = await cluster.workers();
      expect([await status('/health/ready'), await status('/books')]).toEqual([200, 200]);

      await proxy.refuse();
      await cluster.workersUntil(all(({ ready }) => !ready));
      expect(await wrongFor(AWAY_MS / 2)).toEqual([]);
      await proxy.mute();
      expect(await wrongFor(AWAY_MS / 2)).toEqual([]);
      await proxy.start();

      const after = await cluster.workersUntil(all(({ ready }) => ready));
      expect(after.map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
      expect(await cluster.decisions()).toEqual([]);
      expect([await status('/health/ready'), await status('/books')]).toEqual([200, 200]);
    },
    AWAY_MS + 120_000,
  );
});
