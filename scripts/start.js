import { once } from 'node:events';
import { join } from 'node:path';
import { Failure, failure } from './failure.js';
import { projectRoot } from './project-root.js';
import { run } from './run.js';
import { readSettings } from './settings.js';
import { createDotEnv } from './start/dot-env.js';
import { checkPort } from './start/port.js';
import { choosePm2Home, stopOrphanedPm2 } from './start/pm2-home.js';
import { startPm2 } from './start/pm2.js';
import { claimStateDir } from './start/state-dir.js';
import { stopSignal } from './start/stop-signal.js';
import { describeService, serviceUrl } from './start/urls.js';
import { whenReady } from './start/when-ready.js';

/** What the service's own processes exit with when they cannot start. */
const START_FAILED = 71;
const CATALOGUE = 'apps/catalog/data/gutenberg.csv';

try {
  await start(stopSignal());
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = START_FAILED;
}

/** `npm start`: from a prepared checkout to a pm2 cluster that serves, until it is told to stop. */
async function start(stop) {
  createDotEnv(projectRoot);
  const settings = readSettings(projectRoot);
  const release = claimStateDir(settings.stateDir);
  try {
    const pm2Home = choosePm2Home(settings.stateDir);
    await stopOrphanedPm2(projectRoot, pm2Home);
    await checkPort(settings);
    await checkPort(
      { host: settings.opsHost, port: settings.opsPort },
      { host: 'OPS_HOST', port: 'OPS_PORT' },
    );
    await runStep(stop, 'database/migrate.js');
    await runStep(stop, 'import/main.js', '--if-empty', CATALOGUE);
    if (!stop.aborted) await serve(stop, settings, pm2Home);
    console.log('Stopped.');
  } finally {
    release();
  }
}

async function runStep(stop, script, ...args) {
  if (stop.aborted) return;
  const options = { cwd: projectRoot, env: { NODE_ENV: 'production', ...process.env } };
  const exitCode = await run(process.execPath, [join('dist/apps/catalog/src', script), ...args], options);
  if (exitCode !== 0 && !stop.aborted)
    throw failure(`Evernest did not start: ${script} failed (${exitCode}).`);
}

async function serve(stop, settings, pm2Home) {
  const pm2 = startPm2(projectRoot, pm2Home.path, settings);
  const end = AbortSignal.any([stop, pm2.ended]);

  const isReady = await whenReady(serviceUrl(settings, '/health/ready'), end);
  if (isReady) {
    console.log(describeService(settings));
    if (!end.aborted) await once(end, 'abort');
  }

  if (stop.aborted) console.log('\nStopping; requests in flight may finish…');
  await pm2.stop();
  if (stop.aborted) return;
  const what = isReady ? 'The workers ended and did not come back' : 'The service did not become ready';
  throw failure(`${what}; the reason is in ${join(settings.stateDir, 'log')}.`);
}
