import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { FakeSupervisor, sendJson } from './fake-supervisor.fixture.js';
import { fleet, ops, worker } from './ops.fixture.js';

const COMMANDS = ['workers', 'decisions', 'why', 'recycle', 'reload', 'log-level', 'logs'];
/** One with the arguments that it needs. */
const CALLS = [
  ['workers'],
  ['workers', '--watch'],
  ['decisions'],
  ['why', '0'],
  ['recycle', '0'],
  ['reload'],
  ['log-level', 'debug'],
  ['log-level'],
];

let peer: FakeSupervisor;
let port: number;
beforeEach(async () => {
  peer = new FakeSupervisor();
  port = await peer.start();
});
afterEach(() => peer.stop());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

describe('the usage', () => {
  it('is told by --help, with what each exit code means', async () => {
    const { exitCode, stdout, stderr } = await ops(['--help'], { port });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command} `);
    for (const code of [0, 1, 2, 3, 4, 130]) expect(stdout).toMatch(new RegExp(`^  ${code} +\\S`, 'm'));
  });

  it.each(COMMANDS)('of %s is told by its --help, with the exit codes', async (command) => {
    const { exitCode, stdout } = await ops([command, '--help'], { port });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: ops ${command}`);
    expect(stdout).toContain('--json');
    expect(stdout).toContain('Exit codes:');
    expect(peer.asked).toEqual([]);
  });

  it('is no wider than the terminal', async () => {
    const { stdout } = await ops(['reload', '--help'], { port, columns: 80 });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('has --version', async () => {
    expect(await ops(['--version'], { port })).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it.each([
    [[]],
    [['restart']],
    [['workers', '--all']],
    [['workers', '--watch', '--json']],
    [['workers', '0']],
    [['why']],
    [['why', 'zero']],
    [['why', '-1']],
    [['decisions', '--limit', '0']],
    [['decisions', '--limit', '1001']],
    [['decisions', '--worker', '1.5']],
    [['recycle']],
  ])('is wrong as in %j: exit code 2, a message on stderr, nothing asked', async (args) => {
    const { exitCode, stdout, stderr } = await ops(args, { port });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(peer.asked).toEqual([]);
  });
});

describe.each(CALLS)('%s %s', (...args) => {
  const call = args.filter((word) => word !== undefined);

  it('exits with 3 where nothing answers, and says at which address and what to do', async () => {
    const nowhere = await freePort();
    expect(await ops(call, { port: nowhere })).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `The supervisor does not answer at http://127.0.0.1:${nowhere}. Is it running? \`npm start\` starts it.\n`,
    });
  });

  it('exits with 4 when the token is not accepted, and does not tell it', async () => {
    const refuse = (route: string) =>
      peer.refuses(route, 401, { code: 'TOKEN_REQUIRED', detail: 'The bearer token is not OPS_TOKEN.' });
    for (const route of [
      'GET /workers',
      'GET /metrics',
      'GET /decisions',
      'GET /events',
      'PUT /log-level',
      'GET /log-level',
    ])
      refuse(route);
    const { exitCode, stdout, stderr } = await ops(call, { port, token: 'secret-token' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).toBe(
      `The supervisor at http://127.0.0.1:${port} does not accept the OPS_TOKEN of this environment. Is it the one that the supervisor was started with?\n`,
    );
    expect(peer.headers[0]?.authorization).toBe('Bearer secret-token');
  });
});

describe('what the supervisor answers', () => {
  it('is asked for a token that is missing with exit code 4', async () => {
    peer.refuses('GET /decisions', 401, { detail: 'Send OPS_TOKEN.' });
    const { exitCode, stderr } = await ops(['decisions'], { port, token: '' });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('wants a token. Set OPS_TOKEN');
    expect(peer.headers[0]?.authorization).toBeUndefined();
  });

  it.each([
    [403, 'OPS_TOKEN_NOT_SET'],
    [429, 'TOO_MANY_WRONG_TOKENS'],
  ])('is passed on when it does not allow it: %d, exit code 4', async (status, code) => {
    peer.refuses('GET /decisions', status, { code, detail: 'This is the reason.' });
    const { exitCode, stderr } = await ops(['decisions'], { port });
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`does not allow it (${status}): This is the reason.`);
  });

  it('is passed on when it refuses, with the fields that are wrong: exit code 1', async () => {
    peer.refuses('GET /decisions', 400, {
      title: 'Bad',
      detail: 'No.',
      errors: [{ field: 'limit', message: 'is odd' }],
    });
    expect(await ops(['decisions', '--json'], { port })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'The supervisor refuses: No. limit: is odd.\n',
    });
  });

  it.each([
    [200, '<html>'],
    [200, '"text"'],
    [500, 'Internal Server Error'],
  ])('is not from the supervisor: %d %s, exit code 3', async (status, body) => {
    peer.on('GET /decisions', (_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end(body),
    );
    const { exitCode, stderr } = await ops(['decisions'], { port });
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      `What answers at http://127.0.0.1:${port} is not the supervisor: it sent ${status} and text/html. Are OPS_HOST and OPS_PORT right?\n`,
    );
  });

  it('does not come: exit code 3 after the time for an answer', async () => {
    peer.on('GET /decisions', () => undefined);
    const { exitCode, stderr } = await ops(['decisions'], { port, timing: { answerTimeoutMs: 30 } });
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`The supervisor at http://127.0.0.1:${port} has not answered within 0.03 s.`);
  });

  it('breaks off in the middle: exit code 3', async () => {
    peer.on('GET /decisions', (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"items"', () => response.destroy());
    });
    expect(await ops(['decisions'], { port })).toMatchObject({ exitCode: 3, stdout: '' });
  });

  it('commands no terminal, wherever it stands', async () => {
    const hostile = 'a\u001b]0;title\u0007b\u001b[2J\u009b1Ac\u202ed\ne';
    peer.on('GET /workers', (_request, response) =>
      sendJson(response, 200, {
        ...fleet(worker({ state: hostile as 'online' })),
        at: hostile,
        [hostile]: hostile,
      }),
    );
    peer.gives('GET /metrics', {});
    peer.refuses('GET /decisions', 400, { detail: hostile });
    for (const args of [['workers'], ['workers', '--json'], ['decisions']]) {
      const { stdout, stderr } = await ops(args, { port });
      expect(stdout + stderr).toContain('a');
      expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe('the environment', () => {
  it('that cannot be used is wrong usage', async () => {
    const { exitCode, stderr } = await ops(['workers'], { port: 0 });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'OPS_PORT must be a port number, 1 to 65535.\n',
    });
  });
});
