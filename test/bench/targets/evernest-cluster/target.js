import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { failure } from '../../../../scripts/failure.js';
import { projectRoot } from '../../../../scripts/project-root.js';
import { pinned } from '../../load/cores.js';
import { evernestEnvironment } from '../evernest/environment.js';
import { freePort } from '../../../support/free-port.js';

const PM2 = join(projectRoot, 'node_modules/pm2/bin/pm2');
const WORKERS = 2;
const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 60_000;

export const evernestCluster = {
  name: 'evernest-cluster',
  title: `the same as a pm2 cluster of ${WORKERS} with its supervisor; figures are the sums of the workers`,
  processes: WORKERS,
  async launch(options) {
    const { folder, cores } = options;
    const env = {
      ...evernestEnvironment(options),
      PATH: process.env.PATH,
      HOME: folder,
      PM2_HOME: join(folder, 'pm2'),
      // Else pm2 asks its makers' server for news.
      PM2_DISCRETE_MODE: 'true',
      PM2_DISABLE_VERSION_CHECK: 'true',
      OPS_PORT: String(await freePort()),
      OPS_TOKEN: 'ops-token-of-the-benchmark',
      WEB_CONCURRENCY: String(WORKERS),
    };
    const pm2 = async (...args) => {
      const [command, rest] = pinned(cores, [process.execPath, PM2, ...args]);
      return (await promisify(execFile)(command, rest, { cwd: projectRoot, env })).stdout;
    };
    let pids = [];
    const stop = () => pm2('kill').then(() => undefined);
    try {
      await pm2('start', 'ecosystem.config.js', '--env', 'production');
    } catch (error) {
      await stop();
      throw failure(`The cluster did not start: ${error.stderr || error.message}`, error);
    }
    return {
      pids: () => pids,
      async allReady() {
        const deadline = performance.now() + PATIENCE_MS;
        while ((pids = onlineWorkers(await pm2('jlist'))).length < WORKERS) {
          if (performance.now() > deadline) throw failure('The workers of the cluster did not become ready.');
          await delay(LOOK_EVERY_MS);
        }
      },
      stop,
    };
  },
};

function onlineWorkers(output) {
  // Some of pm2's own lines may come before the list.
  const list = /^\[.*\]$/m.exec(output)?.[0] ?? '[]';
  return JSON.parse(list)
    .filter(({ name, pm2_env: { status } }) => name === 'catalog' && status === 'online')
    .map(({ pid }) => pid);
}
