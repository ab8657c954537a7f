import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Pm2Processes } from '../../apps/supervisor/src/pm2/pm2-processes.js';
import { FakePm2Daemon } from '../support/fake-pm2-daemon.js';

const home = mkdtempSync(join(tmpdir(), 'evernest-pm2-requests-'));
const WORKER = { pm_id: 0, name: 'catalog', pid: 4711, pm2_env: { status: 'online' } };

let processes: Pm2Processes;
let next: FakePm2Daemon | undefined;
beforeAll(async () => {
  Logger.overrideLogger(false);
  // pm2 reads them once, when it is imported.
  Object.assign(process.env, { PM2_HOME: home, PM2_DISCRETE_MODE: 'true' });
  const loaded = await import('../../apps/supervisor/src/pm2/pm2-processes.js');
  processes = new loaded.Pm2Processes('catalog', join(home, 'rpc.sock'));
});
afterAll(async () => {
  processes.disconnect();
  await next?.stop();
  rmSync(home, { recursive: true, force: true });
});

it('starts no daemon of pm2 where there is none', async () => {
  const before = readdirSync(home);
  await expect(processes.list()).rejects.toThrow('no pm2 listens at');
  expect(readdirSync(home)).toEqual(before);
});

it('asks the next daemon of pm2 nothing that was meant for the one before it', async () => {
  const former = await FakePm2Daemon.start(home, [WORKER]);
  expect(await processes.list()).toMatchObject([{ pmId: 0, pid: 4711 }]);
  await former.stop();
  await expect(processes.remove(0)).rejects.toThrow('no pm2 listens at');

  next = await FakePm2Daemon.start(home, [{ ...WORKER, pid: 4712 }]);
  expect(await untilListed()).toMatchObject([{ pmId: 0, pid: 4712 }]);
  expect([former.removed, next.removed]).toEqual([[], []]);

  await processes.remove(0);
  expect(next.removed).toEqual(['0']);
});

/** pm2's own client needs some seconds until it tries again. */
async function untilListed(): ReturnType<Pm2Processes['list']> {
  for (;;) {
    const listed = await processes.list().catch(() => undefined);
    if (listed) return listed;
  }
}
