import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../scripts/project-root.js';
import { PM2, PM2_RUNTIME } from './pm2.js';

const SCRIPT = join(projectRoot, 'dist/test/plain-app/src/main.js');

/** What most run today: the same reads in a plain Nest application, under pm2 as `pm2 start main.js -i 3` sets it up. */
export const plain = {
  name: 'plain',
  title: 'a plain Nest application under the defaults of pm2',
  app: 'plain',
  prepare: () => promisify(execFile)('npx', ['nest', 'build', 'plain-app'], { cwd: projectRoot }),
  script: SCRIPT,
  variables: ({ databaseUrl }) => ({ DATABASE_URL: databaseUrl, NODE_ENV: 'production' }),
  start: (pm2, { workers }) => pm2.run('start', SCRIPT, '--name', 'plain', '-i', String(workers)),
  commands({ workers }) {
    const command = [
      process.execPath,
      PM2_RUNTIME,
      'start',
      SCRIPT,
      '--name',
      'plain',
      '-i',
      String(workers),
    ];
    return { service: command, container: command };
  },
  rollOut: [PM2, 'reload', 'plain'],
  isSupervised: () => Promise.resolve(true),
};
