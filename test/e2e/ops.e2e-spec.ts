import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventStream,
  FakeSupervisor,
  sendJson,
} from '../../apps/supervisor/src/cli/fake-supervisor.fixture.js';
import { decision, fleet, worker } from '../../apps/supervisor/src/cli/ops.fixture.js';
import { ROOT } from '../support/service.js';

const OPS = join(ROOT, 'dist/apps/supervisor/src/cli/main.js');
/** Long enough to be no word of a message. */
const TOKEN = 'a-secret-token-for-the-supervisor';

let peer: FakeSupervisor;
let port: number;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-ops-'));
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(async () => {
  await peer.stop();
  rmSync(folder, { recursive: true });
});

interface OpsProcess {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  readonly end: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

/** The built command line in a folder of its own, with nothing of this process's environment but what finds the programs. */
function start(args: readonly string[], variables: Record<string, string> = {}): OpsProcess {
  const child = spawn(process.execPath, [OPS, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], OPS_PORT: String(port), OPS_TOKEN: TOKEN, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  return { child, said, end: once(child, 'close').then(([exitCode]) => ({ exitCode, ...said })) };
}

const run = (args: readonly string[], variables?: Record<string, string>) => start(args, variables).end;

async function untilItSays({ child, said }: OpsProcess, text: string): Promise<void> {
  while (!said.stdout.includes(text)) await once(child.stdout!, 'data');
}

describe('npm run ops', () => {
  it('has the version of the project, and its help is the whole of stdout', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    expect(await run(['help'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await run(['restart'])).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('finds the supervisor by .env of the directory, over which the environment wins', async () => {
    peer.gives('GET /decisions', { items: [] });
    writeFileSync(join(folder, '.env'), `OPS_PORT=${port}\nOPS_TOKEN=from-the-file\n`);
    const fromFile = spawn(process.execPath, [OPS, 'decisions'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      stdio: 'ignore',
    });
    expect(await once(fromFile, 'close')).toEqual([0, null]);
    expect(await run(['decisions'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(peer.headers.map(({ authorization }) => authorization)).toEqual([
      'Bearer from-the-file',
      `Bearer ${TOKEN}`,
    ]);
  });

  it('never tells the token, whatever goes wrong', async () => {
    peer.refuses('GET /decisions', 401, { detail: 'The bearer token is not OPS_TOKEN.' });
    const outcomes = [
      await run(['decisions']),
      await run(['why', '0']),
      await run(['decisions'], { OPS_PORT: 'x' }),
      await run(['decisions'], { OPS_TOKEN: `${TOKEN} ${TOKEN}` }),
    ];
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([4, 4, 2, 2]);
    for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toContain(TOKEN);
  });

  it('is coloured only where that is wanted', async () => {
    peer.gives('GET /workers', fleet(worker())).on('GET /metrics', (_request, response) => response.end(''));
    const [piped, forced, refused] = await Promise.all([
      run(['workers']),
      run(['workers'], { FORCE_COLOR: '1' }),
      run(['workers'], { NO_COLOR: '1' }),
    ]);
    expect(piped.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[32mhealthy\u001b[39m');
    expect(refused.stdout).not.toContain('\u001b');
  });

  it('ends --watch with Ctrl-C, exit code 0', async () => {
    peer.gives('GET /workers', fleet(worker())).on('GET /metrics', (_request, response) => response.end(''));
    const watching = start(['workers', '--watch']);
    await untilItSays(watching, 'workers ready');
    watching.child.kill('SIGINT');
    expect(await watching.end).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('follows a roll-out over a connection that drops, and tells its failure by the exit code', async () => {
    const begun = decision({ id: 'd-1', action: 'reload', worker: null, outcome: null, durationMs: null });
    const failed = {
      ...begun,
      outcome: { result: 'failed', message: 'The canary ended.' },
      durationMs: 3000,
    };
    peer.gives('GET /decisions/d-1', begun).on('GET /events', (_request, response) => {
      const send = eventStream(response);
      peer.on('POST /reload', (_asked, answer) => {
        sendJson(answer, 202, begun);
        send('progress', { decisionId: 'd-1', message: 'the canary starts' }, 'e-1');
        response.end();
        peer.on('GET /events', (_again, next) => eventStream(next)('decision', failed, 'e-2'));
      });
    });
    const { exitCode, stdout, stderr } = await run(['reload']);
    expect(stdout).toContain('the canary starts');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'The roll-out failed after 3 s: The canary ended.\n',
    });
  });

  it('has one part of the application log more for a while, and shows that', async () => {
    const until = '2026-11-21T18:05:00.000Z';
    const contexts = [{ context: 'BooksService', level: 'debug', until }];
    peer
      .gives('PUT /log-level', { changed: [0, 1], failed: [] })
      .gives('GET /log-level', { workers: [{ pmId: 0, levels: { level: 'info', contexts } }] });
    const set = await run(['log-level', 'debug', '--context', 'BooksService', '--for', '5m']);
    expect(set).toEqual({
      exitCode: 0,
      stdout: 'Workers 0, 1 now log lines of BooksService at level debug for 5 min.\n',
      stderr: '',
    });
    expect(peer.bodies).toEqual([{ level: 'debug', context: 'BooksService', forMs: 300_000 }]);
    expect((await run(['log-level'])).stdout).toMatch(
      /0 {2}BooksService {2}debug {2}2026-11-21 18:05:00 UTC/,
    );
  });

  it('ends quietly when nobody reads what it says', async () => {
    peer.gives('GET /workers', fleet(worker())).on('GET /metrics', (_request, response) => response.end(''));
    const watching = start(['workers', '--watch']);
    await untilItSays(watching, 'workers ready');
    watching.child.stdout?.destroy();
    expect(await watching.end).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
