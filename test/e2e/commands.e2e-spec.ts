import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { MAIN, ROOT, startService } from '../support/service.js';

const MIGRATE = join(ROOT, 'dist/apps/catalog/src/database/migrate.js');
const START_FAILED = 71;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-commands-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a built script to its end, away from any `.env`, and tells what it wrote to stderr. */
async function runToEnd(script: string, variables: Record<string, string>) {
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: '0', STATE_DIR: folder, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { exitCode, stderr };
}

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await listenSomewhere();
  server.close();
  await once(server, 'close');
  return port;
}

async function outputMatching(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const match = pattern.exec(output);
    if (match) return match;
  }
  throw new Error(`ended without ${pattern}:\n${output}`);
}

/** One line, whatever it says: no stack. */
const ONE_SENTENCE = /^Evernest cannot start: [^\n]+\n$/;

describe('a start that fails', () => {
  it('names the port that is taken', async () => {
    const { server, port } = await listenSomewhere();
    const { exitCode, stderr } = await runToEnd(MAIN, { PORT: String(port) });
    server.close();

    expect(stderr).toMatch(ONE_SENTENCE);
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken`);
    expect(exitCode).toBe(START_FAILED);
  });

  it.each([
    ['the service', MAIN],
    ['the migration', MIGRATE],
  ])('of %s says that STATE_DIR cannot be written', async (_what, script) => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { exitCode, stderr } = await runToEnd(script, { STATE_DIR: join(file, 'state') });

    // The log has no place either, and says so.
    const told = stderr.replaceAll(/^\w+\.log cannot be written.*\n/gm, '');
    expect(told).toMatch(ONE_SENTENCE);
    expect(stderr).toContain('STATE_DIR');
    expect(exitCode).toBe(START_FAILED);
  });

  it.each([
    ['the service', MAIN],
    ['the migration', MIGRATE],
  ])('of %s says that the database does not answer, without its password', async (_what, script) => {
    const url = `postgres://someone:pass-word@127.0.0.1:${await freePort()}/nothing`;
    const { exitCode, stderr } = await runToEnd(script, { DATABASE_URL: url });

    expect(stderr).toMatch(ONE_SENTENCE);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain('pass-word');
    expect(exitCode).toBe(START_FAILED);
  });

  it('names the variable that does not parse, not its value', async () => {
    const { exitCode, stderr } = await runToEnd(MAIN, { PORT: 'not-a-port' });

    expect(stderr).toMatch(ONE_SENTENCE);
    expect(stderr).toContain('PORT');
    expect(stderr).not.toContain('not-a-port');
    expect(exitCode).toBe(START_FAILED);
  });

  it('ends the process when the entry cannot import the rest', async () => {
    mkdirSync(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken/package.json'), '{"type":"module"}');
    copyFileSync(MAIN, join(folder, 'broken/main.js'));
    const { exitCode, stderr } = await runToEnd(join(folder, 'broken/main.js'), {});

    expect(stderr).toContain('start.js');
    expect(exitCode).toBe(START_FAILED);
  });
});

describe('a running service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 when it is told to stop by %s', async (signal) => {
    const service = await startService();
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    await expect(service.stop(signal)).resolves.toBe(0);
  });
});

describe('nest start', () => {
  it('serves from one process', async () => {
    const port = await freePort();
    const nest = spawn(process.execPath, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'start'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port), STATE_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A process group of its own, so that the service that nest starts can be stopped with it.
      detached: true,
    });
    const ended = once(nest, 'close');
    try {
      const [, url] = await outputMatching(nest, /listening on (http:[^\s"]+)/);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(url).toContain(`:${port}`);
    } finally {
      if (nest.pid && nest.exitCode === null) process.kill(-nest.pid, 'SIGTERM');
      await ended;
    }
  }, 90_000);
});
