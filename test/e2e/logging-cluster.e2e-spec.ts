import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../support/service.js';
import { SteadyLoad } from '../support/steady-load.js';
import { SupervisedCluster } from '../support/supervised-cluster.js';

type Line = Readonly<Record<string, unknown>>;

let cluster: SupervisedCluster;
let folder: string;

beforeAll(async () => {
  cluster = await SupervisedCluster.start(2, { LOG_FILE_MB: '1', LOG_LEVEL: 'info' });
  folder = join(cluster.pm2.stateDir, 'log');
}, 120_000);
afterAll(() => cluster.dispose(), 60_000);

/** Every line of a log, whatever it was rotated to. */
function linesOf(log: string): Line[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(log))
    .toSorted()
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      return String(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).split('\n');
    })
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

async function ops(...args: string[]): Promise<string> {
  const script = join(ROOT, 'dist/apps/supervisor/src/cli/main.js');
  const options = { cwd: cluster.pm2.folder, env: cluster.pm2.environment };
  return (await promisify(execFile)(process.execPath, [script, ...args], options)).stdout;
}

async function logsOf(requestId: string): Promise<Line[]> {
  const printed = await ops('logs', '--access', '--json', '--request', requestId);
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

it('the id in an error answer leads to the lines of its request, whichever worker had it', async () => {
  const reply = await fetch(`http://127.0.0.1:${cluster.pm2.port}/books/999999999`);
  const { requestId } = (await reply.json()) as { requestId: string };
  let lines: Line[] = [];
  while (lines.length === 0) lines = await logsOf(requestId);
  expect(lines).toMatchObject([{ requestId, method: 'GET', route: '/books/:id', status: 404 }]);
  expect([0, 2]).toContain(lines[0]?.['worker']);
}, 30_000);

it('the supervisor writes beside the workers, and what it asks them each second is not in the access log', () => {
  expect(linesOf('combined')).toContainEqual(expect.objectContaining({ service: 'supervisor' }));
  expect(linesOf('access').filter(({ url }) => url === '/health/live')).toEqual([]);
});

it('one access log of all workers is rotated and compressed under load without a lost line', async () => {
  const before = linesOf('access').length;
  const changes = watch(folder)[Symbol.asyncIterator]();
  const load = new SteadyLoad(cluster.pm2.port, { path: '/books?limit=1', clients: 20, pauseMs: 0 });
  const isCompressed = () => readdirSync(folder).some((name) => /^access-.*\.log\.gz$/.test(name));
  while (!isCompressed()) await changes.next();
  await load.stop();
  await changes.return?.();
  await cluster.pm2.run('stop', 'all');

  const lines = linesOf('access');
  expect(load.failures).toEqual([]);
  expect(lines.length - before).toBe(load.requests);
  expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(lines.length);
  expect(new Set(lines.map(({ worker }) => worker))).toEqual(new Set([0, 2]));
}, 120_000);
