import { setTimeout as delay } from 'node:timers/promises';
import { KeepAliveClient } from '../support/keep-alive-client.js';
import { Pm2 } from '../support/pm2.js';

/** `RELOADS=20 npm run test:e2e -- --testPathPatterns reload` is the measurement of the README. */
const RELOADS = Number(process.env['RELOADS'] ?? 3);
const CLIENTS_AT_FULL_SPEED = 50;
const CLIENTS_THAT_THINK = 50;
/** They are idle when a worker leaves, and come back while it waits for them. */
const LONGEST_THOUGHT_MS = 500;

let pm2: Pm2;
beforeAll(async () => {
  pm2 = await Pm2.create();
  await pm2.run('start', 'ecosystem.config.js', '--env', 'production');
}, 60_000);
afterAll(() => pm2.dispose(), 60_000);

it(
  'loses no request of keep-alive clients while it is reloaded again and again',
  async () => {
    const done = new AbortController();
    const failures = new Map<string, number>();
    let requests = 0;

    async function keepAsking(think: () => number): Promise<void> {
      const client = new KeepAliveClient(pm2.port);
      while (!done.signal.aborted) {
        const outcome = await client.get('/books?limit=1').then(
          ({ status, isComplete }) => (status === 200 && isComplete ? undefined : `status ${status}`),
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        );
        requests += 1;
        if (outcome) failures.set(outcome, (failures.get(outcome) ?? 0) + 1);
        const pauseMs = think();
        if (pauseMs > 0) await delay(pauseMs);
      }
      client.close();
    }

    const clients = [
      ...Array.from({ length: CLIENTS_AT_FULL_SPEED }, () => keepAsking(() => 0)),
      ...Array.from({ length: CLIENTS_THAT_THINK }, () =>
        keepAsking(() => Math.random() * LONGEST_THOUGHT_MS),
      ),
    ];
    const before = await pm2.workers('catalog');
    for (let reload = 0; reload < RELOADS; reload += 1) {
      await pm2.run('reload', 'ecosystem.config.js', '--env', 'production');
    }
    done.abort();
    await Promise.all(clients);

    const after = await pm2.workers('catalog');
    process.stdout.write(
      `${RELOADS} reloads, ${requests} requests, failed: ${JSON.stringify([...failures])}\n`,
    );
    expect([...failures]).toEqual([]);
    expect(after.map(({ pid }) => pid)).not.toEqual(before.map(({ pid }) => pid));
    expect(pm2.lastWords()).toEqual(
      Array.from({ length: 2 * RELOADS }, () =>
        expect.objectContaining({
          cause: 'asked',
          exitCode: 0,
          evidence: expect.objectContaining({ cutOff: 0 }),
        }),
      ),
    );
  },
  60_000 + RELOADS * 30_000,
);
