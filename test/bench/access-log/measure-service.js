import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';
import { compare, spawnServer } from './compare.js';

/**
 * What the access log costs the service itself, as it runs in production, on its hot read:
 * npm run build && taskset --cpu-list 1 node test/bench/access-log/measure-service.js [rounds]
 */
const ROOT = new URL('../../..', import.meta.url).pathname;
const MAIN = join(ROOT, 'dist/apps/catalog/src/main.js');
const IMPORT = join(ROOT, 'dist/apps/catalog/src/import/main.js');
const CATALOGUE = join(ROOT, 'apps/catalog/data/gutenberg.csv');
const TELL_USAGE = new URL('tell-usage.js', import.meta.url).pathname;

/** The second one tells what the measurement cannot see. */
const ACCESS_LOGS = { off: 'off', 'off again': 'off', combined: 'combined', json: 'json' };

await compare({
  names: Object.keys(ACCESS_LOGS),
  ofEach: 2,
  rounds: Number(process.argv[2] ?? 200),
  path: '/books/7',
  async start(name, folder) {
    const port = await freePort();
    const environment = environmentOf(folder, { PORT: String(port), ACCESS_LOG: ACCESS_LOGS[name] });
    execFileSync(process.execPath, [IMPORT, '--if-empty', CATALOGUE], { env: environment, stdio: 'ignore' });
    const { child } = await spawnServer(['--import', TELL_USAGE, MAIN], { env: environment, cwd: folder });
    return { child, port };
  },
});

/** Nothing of ours but what finds the programs. */
function environmentOf(folder, variables) {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    LOG_TARGET: 'files',
    STATE_DIR: mkdtempSync(join(folder, 'service-')),
    DATABASE_URL: `sqlite:${join(folder, 'catalog.db')}`,
    ...variables,
  };
}
