import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../support/service.js';

const OPS = join(ROOT, 'dist/apps/supervisor/src/cli/main.js');

let folder: string;
const started: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-logs-'));
  await mkdir(join(folder, 'var/log'), { recursive: true });
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

const log = (name: string) => join(folder, 'var/log', name);
const lines = (...numbers: readonly number[]) =>
  numbers
    .map((number) => {
      const time = new Date(Date.UTC(2026, 10, 21, 18, 0, number)).toISOString();
      return `${JSON.stringify({ time, level: 'info', message: `line ${number}`, worker: number % 2 })}\n`;
    })
    .join('');

interface Reading {
  readonly child: ChildProcess;
  readonly said: { stdout: string; stderr: string };
  readonly end: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

/** The built command line, without a supervisor. */
function start(args: readonly string[], variables: Record<string, string> = {}): Reading {
  const child = spawn(process.execPath, [OPS, 'logs', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  return { child, said, end: once(child, 'close').then(([exitCode]) => ({ exitCode, ...said })) };
}

async function untilItSays({ child, said }: Reading, text: string): Promise<void> {
  while (!said.stdout.includes(text)) await once(child.stdout!, 'data');
}

/** Lines of four workers that write in blocks, 290 bytes each. */
async function writeLongLog(path: string, count: number): Promise<void> {
  const out = createWriteStream(path);
  const padding = 'x'.repeat(200);
  let text = '';
  for (let number = 0; number < count; number += 1) {
    const time = new Date(1_795_284_000_000 + number - (number % 400)).toISOString();
    text += `{"time":"${time}","level":"info","message":"${padding}","n":${number},"worker":${number % 4}}\n`;
    if (text.length > 1_000_000 || number === count - 1) {
      if (!out.write(text)) await once(out, 'drain');
      text = '';
    }
  }
  out.end();
  await once(out, 'close');
}

describe('npm run ops -- logs', () => {
  it('follows over a rotation, compressed at once, and ends with Ctrl-C, exit code 0', async () => {
    await writeFile(log('combined.log'), lines(1, 2));
    const following = start(['--follow', '--json']);
    await untilItSays(following, 'line 2');
    await appendFile(log('combined.log'), lines(3));
    await untilItSays(following, 'line 3');
    await rename(log('combined.log'), log('combined-2026-11-21T18-00-04.000Z.log'));
    await writeFile(log('combined.log'), lines(4));
    await writeFile(
      log('combined-2026-11-21T18-00-04.000Z.log.gz'),
      gzipSync(await readFile(log('combined-2026-11-21T18-00-04.000Z.log'))),
    );
    await rm(log('combined-2026-11-21T18-00-04.000Z.log'));
    await untilItSays(following, 'line 4');
    following.child.kill('SIGINT');
    expect(await following.end).toEqual({ exitCode: 0, stdout: lines(1, 2, 3, 4), stderr: '' });
  });

  it('waits for a log that is not there yet', async () => {
    const following = start(['--follow', '--json']);
    await once(following.child.stderr!, 'data');
    await writeFile(log('combined.log'), lines(1));
    await untilItSays(following, 'line 1');
    expect(following.said.stderr).toBe(`There is no ${log('combined.log')}.\n`);
  });

  it('ends quietly when nobody reads any more', async () => {
    await writeLongLog(log('combined.log'), 20_000);
    const reading = start([]);
    await untilItSays(reading, '\n');
    reading.child.stdout?.destroy();
    expect(await reading.end).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('reads 58 MB with a heap of 48 MB, and no faster than it is read', async () => {
    const count = 200_000;
    await writeLongLog(log('combined.log'), count);
    const reading = start(['--json'], { NODE_OPTIONS: '--max-old-space-size=48' });
    let read = 0;
    let last = -1;
    let rest = '';
    reading.child.stdout!.removeAllListeners('data').on('data', (chunk) => {
      const [first = '', ...others] = String(chunk).split('\n');
      const whole = [rest + first, ...others];
      rest = whole.pop() ?? '';
      read += whole.length;
      last = Number(/"n":(\d+)/.exec(whole.at(-1) ?? '')?.[1] ?? last);
    });
    expect(await reading.end).toMatchObject({ exitCode: 0, stderr: '' });
    expect([read, last]).toEqual([count, count - 1]);
  });

  it('writes nothing that commands a terminal', async () => {
    const hostile = '\u001b[2J\u001b]0;title\u0007\u009b1A\u202e\r';
    await writeFile(
      log('combined.log'),
      `${hostile}\n${JSON.stringify({ time: '2026-11-21T18:00:00.000Z', level: 'info', message: hostile, [hostile]: hostile })}\n`,
    );
    const { exitCode, stdout } = await start([]).end;
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });
});
