import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SupervisedCluster } from '../support/supervised-cluster.js';
import { ROOT } from '../support/service.js';

/** A supervisor outside of pm2, as under systemd: it outlives the daemon. */
let cluster: SupervisedCluster;
let supervisor: ChildProcess;
beforeAll(async () => {
  cluster = await SupervisedCluster.create(2);
  await startWorkers();
  supervisor = spawn(process.execPath, [join(ROOT, 'dist/apps/supervisor/src/main.js')], {
    cwd: ROOT,
    env: { ...cluster.pm2.environment, NODE_ENV: 'production' },
    stdio: 'ignore',
  });
}, 90_000);
afterAll(async () => {
  supervisor.kill('SIGTERM');
  await once(supervisor, 'exit');
  await cluster.dispose();
}, 60_000);

function startWorkers(): Promise<string> {
  return cluster.pm2.run('start', 'ecosystem.config.js', '--only', 'catalog', '--env', 'production');
}

it('finds the workers again when the daemon of pm2 was restarted', async () => {
  const before = await cluster.workersUntil((seen) => seen.length === 2 && seen.every(({ ready }) => ready));
  await cluster.pm2.run('kill');
  await startWorkers();
  const former = new Set(before.map(({ pid }) => pid));
  const after = await cluster.workersUntil(
    (seen) => seen.length === 2 && seen.every(({ ready, pid }) => ready && !former.has(pid)),
  );

  expect(after.map(({ pid }) => pid)).toEqual((await cluster.pm2.workers('catalog')).map(({ pid }) => pid));
  expect(supervisor.exitCode).toBeNull();
}, 90_000);
