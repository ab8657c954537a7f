import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ops } from '../ops.fixture.js';

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'evernest-'));
  await mkdir(join(stateDir, 'log'));
});
afterEach(() => rm(stateDir, { recursive: true }));

const entry = (second: number, fields: Readonly<Record<string, unknown>>) =>
  `${JSON.stringify({ time: `2026-11-21T18:00:0${second}.000Z`, ...fields })}\n`;
const COMBINED = [
  entry(0, { level: 'info', message: 'begins', requestId: 'r-1', worker: 0 }),
  entry(2, { level: 'error', context: 'BooksService', message: 'breaks', requestId: 'r-1', worker: 0 }),
  entry(3, { level: 'warn', message: 'slow', requestId: 'r-2', worker: 1 }),
];
const ACCESS = entry(4, { requestId: 'r-1', method: 'GET', url: '/books', status: 500, worker: 0 });

const write = (name: string, ...lines: readonly string[]) =>
  writeFile(join(stateDir, 'log', name), lines.join(''));
const run = (...args: readonly string[]) => ops(['logs', ...args], { port: 9, stateDir });

describe('ops logs', () => {
  it('shows what the application logged, without a supervisor', async () => {
    await write('combined.log', ...COMBINED);
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.replaceAll(/^\S+ \S+:00:/gm, '')).toBe(`00.000 INFO    begins requestId=r-1 worker=0
02.000 ERROR   [BooksService] breaks requestId=r-1 worker=0
03.000 WARN    slow requestId=r-2 worker=1
`);
  });

  it.each([
    [
      ['--level', 'warn'],
      [1, 2],
    ],
    [['--context', 'BooksService'], [1]],
    [['--worker', '1'], [2]],
    [
      ['--grep', 'begins|slow'],
      [0, 2],
    ],
    [
      ['--since', '2026-11-21T18:00:02Z'],
      [1, 2],
    ],
    [
      ['--until', '2026-11-21T18:00:02Z'],
      [0, 1],
    ],
    [
      ['-n', '2'],
      [1, 2],
    ],
    [['-n', '1', '--worker', '0'], [1]],
  ])('%j shows only these', async (args, expected) => {
    await write('combined.log', ...COMBINED);
    const { stdout } = await run(...args, '--json');
    expect(stdout).toBe(expected.map((index) => COMBINED[index]).join(''));
  });

  it('leads from the id of a request to every line of it, the access log among them', async () => {
    await write('combined.log', ...COMBINED);
    expect((await run('--request', 'r-1', '--json')).stdout).toBe(`${COMBINED[0]}${COMBINED[1]}`);
    await write('access.log', ACCESS);
    expect((await run('--request', 'r-1', '--json')).stdout).toBe(`${COMBINED[0]}${COMBINED[1]}${ACCESS}`);
    expect((await run('--json')).stdout).not.toContain(ACCESS);
    expect((await run('--access', '--json')).stdout).toContain(ACCESS);
  });

  it('shows other logs and files in place of it', async () => {
    await write('combined.log', ...COMBINED);
    await write('error.log', entry(1, { message: 'one' }));
    await write('copy.txt', entry(0, { message: 'two' }));
    const { stdout } = await run('--json', '--source', 'error', join(stateDir, 'log', 'copy.txt'));
    expect(stdout).toBe(entry(0, { message: 'two' }) + entry(1, { message: 'one' }));
  });

  it('writes with --json every byte as it stands', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x0d, 0x0a, 0x00, 0x1b, 0x0a]);
    await writeFile(join(stateDir, 'log', 'combined.log'), bytes);
    const pieces: Buffer[] = [];
    await ops(['logs', '--json'], { port: 9, stateDir, onBytes: (piece) => pieces.push(piece) });
    expect(Buffer.concat(pieces)).toEqual(bytes);
  });

  it('shows what it can read and exits with 1 when something cannot be', async () => {
    await write('combined.log', COMBINED[0] ?? '');
    const none = join(stateDir, 'log', 'access.log');
    expect(await run('--access', '--json')).toMatchObject({
      exitCode: 1,
      stdout: COMBINED[0],
      stderr: `There is no ${none}.\n`,
    });
  });

  it.each([
    [['--grep', '('], 'Invalid regular expression: /(/: Unterminated group.'],
    [['--level', 'loud'], 'Allowed choices are fatal, error'],
    [['--since', 'soon'], 'It must be a moment such as'],
    [['--lines', 'x'], 'It must be a whole number'],
    [['--worker', 'x'], 'It must be the number of a worker'],
    [['--source', '../secrets'], 'It must be the name of a log'],
    [['--follow', '--until', '5m'], 'cannot be used with'],
  ])('%j is wrong usage', async (args, reason) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});
