import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../../scripts/failure.js';
import { freePort } from '../support/free-port.js';
import { Pm2 } from './targets/pm2.js';
import { ServiceManager } from './targets/service-manager.js';
import { WatchedWorkers } from './watch/workers.js';

const LOOK_EVERY_MS = 50;
const STARTS_WITHIN_MS = 60_000;

/**
 * Starts a target as a cluster in a folder of its own, with a copy of the catalogue, and resolves once all its workers serve.
 * @param {object} options
 * @param {Record<string, string>} [options.variables] what is set differently
 * @param {'service' | 'container'} [options.startAs] under a service manager, and not under a pm2 daemon of its own
 */
export async function startCluster({
  target,
  folder,
  databaseFile,
  workers,
  variables = {},
  startAs,
  signal,
}) {
  for (const name of ['workers', 'doors', 'faults', 'state'])
    mkdirSync(join(folder, name), { recursive: true });
  const stateDir = join(folder, 'state');
  const ownFile = join(stateDir, 'catalog.db');
  copyFileSync(databaseFile, ownFile);
  const [port, opsPort] = [await freePort(), await freePort()];
  const pm2 = new Pm2({
    folder,
    script: target.script,
    variables: {
      PORT: String(port),
      WEB_CONCURRENCY: String(workers),
      ...target.variables({ stateDir, opsPort, databaseUrl: `sqlite:${ownFile}` }),
      ...variables,
    },
  });
  const watch = new WatchedWorkers(folder, target.app);
  const cluster = {
    target,
    folder,
    stateDir,
    port,
    opsPort,
    workers,
    pm2,
    watch,
    /** What its first workers took from the start of their processes until they served: the median, as the very first reads files anew. */
    get startMs() {
      const first = watch.all.slice(0, workers).map(({ startedAt, servesSince }) => servesSince - startedAt);
      return first.toSorted((one, other) => one - other)[Math.floor(first.length / 2)];
    },
    async stop() {
      watch.stop();
      await cluster.manager?.stop();
      await pm2.end();
    },
  };
  try {
    if (startAs) {
      cluster.manager = new ServiceManager(target.commands(cluster)[startAs], pm2.environment);
      cluster.manager.start();
    } else await target.start(pm2, cluster);
    await untilAllServe(cluster, signal);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function untilAllServe(cluster, signal) {
  const { target, watch, workers } = cluster;
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (watch.serving.length < workers || !(await target.isSupervised(cluster))) {
    if (Date.now() > deadline)
      throw failure(`${watch.serving.length} of ${workers} workers of ${target.name} serve after a minute.`);
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}
