import { join } from 'node:path';
import { projectRoot } from '../../../scripts/project-root.js';
import { DAEMON_SETTINGS } from '../../../scripts/start/pm2.js';
import { PM2_RUNTIME } from './pm2.js';

const OPS_TOKEN = 'ops-token-of-the-chaos-suite';

/** This service as it is run in production: the cluster of ecosystem.config.js, with its supervisor. */
export const evernest = {
  name: 'evernest',
  title: 'Evernest: its cluster and its supervisor, in production settings',
  app: 'catalog',
  script: join(projectRoot, 'dist/apps/catalog/src/main.js'),
  variables: ({ stateDir, opsPort, databaseUrl }) => ({
    STATE_DIR: stateDir,
    OPS_PORT: String(opsPort),
    OPS_TOKEN,
    WRITE_TOKENS: 'write-token-of-the-chaos-suite',
    DATABASE_URL: databaseUrl,
    ...DAEMON_SETTINGS,
  }),
  start: (pm2) => pm2.run('start', 'ecosystem.config.js', '--env', 'production'),
  commands: () => ({
    service: [process.execPath, PM2_RUNTIME, 'start', 'ecosystem.config.js', '--env', 'production'],
    container: ['/bin/sh', join(projectRoot, 'docker/entrypoint.sh'), 'cluster'],
  }),
  rollOut: [join(projectRoot, 'dist/apps/supervisor/src/cli/main.js'), 'reload'],
  async isSupervised({ opsPort, workers }) {
    const answer = await askSupervisor(opsPort, '/workers').catch(() => undefined);
    const seen = answer?.workers ?? [];
    return seen.length === workers && seen.every(({ ready }) => ready);
  },
};

/** @throws when the supervisor does not answer, or not with success */
export async function askSupervisor(opsPort, path, method = 'GET') {
  const answer = await fetch(`http://127.0.0.1:${opsPort}${path}`, {
    method,
    headers: { authorization: `Bearer ${OPS_TOKEN}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`${method} ${path} of the supervisor: ${answer.status}`);
  return answer.json();
}
