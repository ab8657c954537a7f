import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { sendRaw } from '../../libs/service-door/src/door-client.fixture.js';
import { Pm2, type Pm2Worker } from '../support/pm2.js';

/** What an answer takes on a machine that does something else as well. */
const PATIENCE_MS = 1000;

let pm2: Pm2;
let run: string;
let workers: Pm2Worker[];

beforeAll(async () => {
  pm2 = await Pm2.create();
  run = join(pm2.stateDir, 'run');
  await pm2.run('start', 'ecosystem.config.js', '--env', 'production', '--only', 'catalog');
  workers = await pm2.workers('catalog');
}, 60_000);

afterAll(() => pm2.dispose(), 60_000);

function doorOf({ pm_id: pmId, pid }: Pm2Worker): string {
  return join(run, `catalog-${pmId}.${pid}.sock`);
}

async function guardOf(worker: Pm2Worker): Promise<{ bootId: string; pid: number }> {
  const { body } = await sendRaw({ path: doorOf(worker) }, 'GET /health/live');
  return JSON.parse(body).details.guard;
}

/** Whether a worker that is asked says nothing at all for as long as one would wait. */
async function isSilent(worker: Pm2Worker): Promise<boolean> {
  const socket = connect({ path: doorOf(worker) });
  socket.write('GET /health/live HTTP/1.1\r\nHost: worker\r\n\r\n');
  socket.setTimeout(PATIENCE_MS);
  const reason = await Promise.race([
    once(socket, 'timeout').then(() => 'timeout'),
    once(socket, 'data').then(() => 'data'),
  ]);
  socket.destroy();
  return reason === 'timeout';
}

/** Whether a process itself holds the listening socket of a path; Linux tells. */
function holds(pid: number, path: string): boolean {
  const line = readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    // The flag of a socket that listens.
    .find((entry) => entry.endsWith(` ${path}`) && entry.includes(' 00010000 '));
  const inode = line?.trim().split(/\s+/)[6];
  return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the service doors of a cluster', () => {
  it('are open when pm2 calls the workers online, one for each', () => {
    expect(workers).toHaveLength(2);
    expect(readdirSync(run).toSorted()).toEqual(
      workers.map(({ pm_id: pmId, pid }) => `catalog-${pmId}.${pid}.sock`).toSorted(),
    );
  });

  onLinux('are held by the workers and not by the daemon, which could not answer for a worker', () => {
    const daemon = Number(readFileSync(join(pm2.folder, 'pm2/pm2.pid'), 'utf8'));
    for (const worker of workers) {
      expect(holds(worker.pid, doorOf(worker))).toBe(true);
      expect(holds(daemon, doorOf(worker))).toBe(false);
    }
  });

  it('lead to the worker whose name they bear, however often they are asked', async () => {
    const boots = new Set<string>();
    for (const worker of [...workers, ...workers, ...workers]) {
      const { bootId, pid } = await guardOf(worker);
      expect(pid).toBe(worker.pid);
      boots.add(bootId);
    }
    expect(boots.size).toBe(2);
  });

  it('are silent if their worker stands still, and the other answers', async () => {
    const [stopped, other] = workers as [Pm2Worker, Pm2Worker];
    process.kill(stopped.pid, 'SIGSTOP');
    try {
      const silence = isSilent(stopped);
      expect((await guardOf(other)).pid).toBe(other.pid);
      expect(await silence).toBe(true);
    } finally {
      process.kill(stopped.pid, 'SIGCONT');
    }
    expect((await guardOf(stopped)).pid).toBe(stopped.pid);
  });

  it('are those of the new workers after one was recycled', async () => {
    const [recycled, other] = workers as [Pm2Worker, Pm2Worker];
    expect(await sendRaw({ path: doorOf(recycled) }, 'POST /recycle')).toMatchObject({ status: 202 });
    const seen = await pm2.workersUntil('catalog', (all) =>
      all.every(({ pid, pm2_env: { status } }) => pid !== recycled.pid && status === 'online'),
    );
    expect(seen.map(({ pm_id: pmId }) => pmId)).toEqual(workers.map(({ pm_id: pmId }) => pmId));
    for (const worker of seen) expect((await guardOf(worker)).pid).toBe(worker.pid);
    expect(seen.map(({ pid }) => pid)).toContain(other.pid);
    expect(readdirSync(run)).toHaveLength(2);
  }, 60_000);

  it('are gone with the cluster', async () => {
    await pm2.run('delete', 'catalog');
    expect(readdirSync(run)).toEqual([]);
  }, 60_000);
});
