import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../scripts/project-root.js';

/** What most run today: the same reads in a plain Nest application, under pm2 as `pm2 start main.js -i 3` sets it up. */
export const plain = {
  name: 'plain',
  title: 'a plain Nest application under the defaults of pm2',
  app: 'plain',
  prepare: () => promisify(execFile)('npx', ['nest', 'build', 'plain-app'], { cwd: projectRoot }),
  script: join(projectRoot, 'dist/test/plain-app/src/main.js'),
  variables: ({ databaseUrl }) => ({ DATABASE_URL: databaseUrl, NODE_ENV: 'production' }),
  start: (pm2, { workers }) =>
    pm2.run('start', 'dist/test/plain-app/src/main.js', '--name', 'plain', '-i', String(workers)),
  isSupervised: () => Promise.resolve(true),
};
