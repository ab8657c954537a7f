import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GUARDED_MAIN } from '../support/guarded-app.js';
import { KeepAliveClient } from '../support/keep-alive-client.js';
import { Pm2 } from '../support/pm2.js';

const WORKERS = 2;

let pm2: Pm2;
beforeAll(async () => {
  pm2 = await Pm2.create({ NO_COLOR: '1' });
}, 60_000);
afterEach(() => pm2.run('delete', 'all'), 60_000);
afterAll(() => pm2.dispose(), 60_000);

const folder = () => join(pm2.folder, 'guard');

/** The minimal application of the tests as a cluster; `options` are the guard's. */
async function startCluster(
  options: Record<string, unknown> = {},
  settings: Record<string, unknown> = {},
): Promise<void> {
  const config = join(pm2.folder, `guarded-${Date.now()}.config.cjs`);
  const app = {
    name: 'guarded',
    script: GUARDED_MAIN,
    cwd: pm2.folder,
    exec_mode: 'cluster',
    instances: WORKERS,
    wait_ready: true,
    kill_timeout: 15_000,
    treekill: false,
    pmx: false,
    vizion: false,
    out_file: join(pm2.folder, 'out.log'),
    error_file: join(pm2.folder, 'error.log'),
    merge_logs: true,
    env: { GUARD_OPTIONS: JSON.stringify({ folder: folder(), ...options }) },
    ...settings,
  };
  writeFileSync(config, `module.exports = { apps: [${JSON.stringify(app)}] };`);
  await pm2.run('start', config);
}

async function get(path: string) {
  const client = new KeepAliveClient(pm2.port);
  try {
    return await client.get(path);
  } finally {
    client.close();
  }
}

async function pids(): Promise<number[]> {
  return (await pm2.workers('guarded')).map(({ pid }) => pid);
}

/** Both workers are there again, and `pid` is none of them. */
function replaced(pid: number) {
  return pm2.workersUntil(
    'guarded',
    (seen) =>
      seen.length === WORKERS &&
      seen.every((worker) => worker.pm2_env.status === 'online' && worker.pid !== 0 && worker.pid !== pid),
  );
}

describe('a worker of a pm2 cluster', () => {
  it.each(['timer', 'promise', 'emitter'])(
    'answers the request that breaks it, leaves last words and is replaced: %s',
    async (way) => {
      await startCluster();
      const before = await pids();
      expect((await get(`/crash/${way}`)).status).toBe(500);
      const words = lastWords('fatal-error').find(({ pid }) => before.includes(Number(pid)));
      expect(words).toMatchObject({
        exitCode: 70,
        pmId: expect.any(Number),
        request: { route: '/crash/:way' },
      });
      await replaced(Number(words?.['pid']));
      expect((await get('/quick')).status).toBe(200);
    },
    60_000,
  );

  it('is killed when it hangs, and the other one serves', async () => {
    await startCluster({ hangTimeoutMs: 500 });
    const hanging = get('/stall?ms=600000').catch((error: NodeJS.ErrnoException) => error.code);
    expect(await hanging).toBe('ECONNRESET');
    const [words] = lastWords('hang');
    expect(words).toMatchObject({
      exitCode: 137,
      request: { method: 'GET', route: '/stall' },
      stack: expect.stringContaining('work.controller.ts'),
    });
    await replaced(Number(words?.['pid']));
    expect((await get('/quick')).status).toBe(200);
  }, 60_000);

  it('leaves for its memory one at a time', async () => {
    await startCluster({}, { node_args: ['--max-old-space-size=256'], autorestart: true });
    const leaking = new Set<unknown>();
    while (leaking.size < WORKERS) {
      const { body } = await get('/leak/objects?mib=5');
      leaking.add((JSON.parse(body) as { pid: number }).pid);
    }
    for (const pid of leaking) await replaced(Number(pid));
    const departures = lastWords('memory');
    expect(departures).toHaveLength(WORKERS);
    expect(new Set(departures.map(({ pid }) => pid))).toEqual(leaking);

    const log =
      readFileSync(join(pm2.folder, 'out.log'), 'utf8') + readFileSync(join(pm2.folder, 'error.log'), 'utf8');
    const events = [...log.matchAll(/leaving to be replaced|Nest application successfully started/g)].map(
      ([event]) => event,
    );
    // Between two departures a replacement has started.
    expect(events.join(', ')).toMatch(
      /leaving to be replaced, Nest application successfully started, leaving to be replaced/,
    );
  }, 120_000);

  it('is never online if its start fails', async () => {
    await startCluster({ hangTimeoutMs: 5 }, { max_restarts: 2, min_uptime: 5000 });
    await pm2.workersUntil('guarded', (workers) =>
      workers.every(({ pid, pm2_env }) => pid === 0 && pm2_env.status === 'errored'),
    );
    expect(readFileSync(join(pm2.folder, 'error.log'), 'utf8')).toContain('hangTimeoutMs must be 0');
  }, 60_000);
});

function lastWords(cause: string): Record<string, unknown>[] {
  return pm2.lastWords(folder()).filter((words) => words['cause'] === cause);
}
