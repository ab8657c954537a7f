import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Pm2 } from '../support/pm2.js';
import { MAIN, ROOT } from '../support/service.js';

let pm2: Pm2;
let folder: string;
let port: number;

beforeAll(async () => {
  pm2 = await Pm2.create();
  ({ folder, port } = pm2);
});

afterAll(() => pm2.dispose(), 60_000);

/** The status of a GET on a connection of its own, as a client has that has not been here before. */
function get(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
}

describe('the cluster of ecosystem.config.js', () => {
  beforeAll(() => pm2.run('start', 'ecosystem.config.js', '--env', 'production'), 60_000);

  afterAll(() => pm2.run('kill'), 60_000);

  it('has two workers, and each of them serves alone', async () => {
    const [first, second] = await pm2.workers('catalog');
    expect(first?.pid).not.toBe(second?.pid);

    for (const worker of [first, second]) {
      await pm2.run('stop', String(worker?.pm_id));
      expect(await get('/books')).toBe(200);
      await pm2.run('restart', String(worker?.pm_id));
    }
  }, 60_000);

  it('answers every new connection while it is reloaded', async () => {
    const before = await pm2.workers('catalog');
    const reloaded = new AbortController();
    const reload = pm2
      .run('reload', 'ecosystem.config.js', '--env', 'production')
      .finally(() => reloaded.abort());
    const statuses = new Map<number | undefined, number>();
    while (!reloaded.signal.aborted) {
      const status = await get('/books?limit=1');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await reload;

    const after = await pm2.workers('catalog');
    expect([...statuses.keys()]).toEqual([200]);
    expect(statuses.get(200)).toBeGreaterThan(10);
    expect(after.map(({ pid }) => pid)).not.toEqual(expect.arrayContaining([before[0]?.pid]));
    expect(after).toHaveLength(2);
  }, 60_000);

  it('gives up on an entry that cannot import the rest, instead of calling it online', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'package.json'), '{"type":"module"}');
    copyFileSync(MAIN, join(broken, 'main.js'));
    writeFileSync(
      join(broken, 'broken.config.js'),
      `import { apps as shipped } from '${ROOT}/ecosystem.config.js';
       const [catalog] = shipped;
       export const apps = [{ ...catalog, name: 'broken', cwd: '${broken}', script: 'main.js', max_restarts: 3 }];`,
    );
    await pm2.run('start', join(broken, 'broken.config.js'), '--env', 'production');

    const given = await pm2.workersUntil(
      'broken',
      (seen) => seen.length === 2 && seen.every(({ pid, pm2_env }) => pid === 0 && pm2_env.restart_time >= 2),
    );
    expect(given.map(({ pm2_env }) => pm2_env.status)).not.toContain('online');
  }, 60_000);
});

describe('npm start', () => {
  let checkout: string;
  let started: ChildProcess[];

  /** A checkout of its own: a start writes `.env` and the state beside the scripts. */
  beforeEach(() => {
    checkout = mkdtempSync(join(folder, 'checkout-'));
    started = [];
    cpSync(join(ROOT, 'scripts'), join(checkout, 'scripts'), { recursive: true });
    for (const file of ['ecosystem.config.js', 'package.json'])
      copyFileSync(join(ROOT, file), join(checkout, file));
    for (const link of ['node_modules', 'dist', 'apps']) symlinkSync(join(ROOT, link), join(checkout, link));
  });

  /** Ends what a failed test leaves, a pm2 whose start was killed included. */
  afterEach(async () => {
    const pidFile = join(checkout, 'var/pm2/pm2.pid');
    const running = started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = running.map((child) => once(child, 'close'));
    for (const child of running) child.kill('SIGTERM');
    await Promise.all(ended);
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  }, 60_000);

  async function start() {
    const { PM2_HOME: _home, STATE_DIR: _state, ...environment } = pm2.environment;
    const child = spawn(process.execPath, ['scripts/start.js'], {
      cwd: checkout,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, as a terminal gives it: Ctrl-C goes to the whole group.
      detached: true,
    });
    started.push(child);
    let output = '';
    const ended = once(child, 'close');
    const isUp = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        if (output.includes('Ctrl-C drains and stops it.')) resolve();
      });
      child.stderr.on('data', (chunk) => (output += String(chunk)));
    });
    await Promise.race([isUp, ended]);
    return { group: -(child.pid ?? Number.NaN), ended, output: () => output };
  }

  it('serves the catalogue until Ctrl-C, however often that is pressed', async () => {
    const { group, ended, output } = await start();
    expect(output()).toContain(`http://127.0.0.1:${port}/books?search=moby`);
    expect(await get('/books?search=moby')).toBe(200);

    process.kill(group, 'SIGINT');
    process.kill(group, 'SIGINT');
    expect(await ended).toEqual([0, null]);
    await expect(get('/health/live')).rejects.toThrow('ECONNREFUSED');
    expect(existsSync(join(checkout, 'var/start.lock'))).toBe(false);
  }, 120_000);

  it('takes over from a start that was killed', async () => {
    const killed = await start();
    process.kill(killed.group, 'SIGKILL');
    await killed.ended;
    expect(await get('/health/live')).toBe(200);

    const { group, ended, output } = await start();
    expect(output()).toContain('An earlier start was killed');
    expect(await get('/health/ready')).toBe(200);
    process.kill(group, 'SIGTERM');
    expect(await ended).toEqual([0, null]);
  }, 120_000);
});
