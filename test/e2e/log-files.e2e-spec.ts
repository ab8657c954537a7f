import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BUILT_LOGGING } from '../support/logs/built-logging.js';
import { ROOT } from '../support/service.js';

const MEBIBYTE = 1024 * 1024;
const LINES = 300_000;

interface Report {
  readonly lines: number;
  readonly bytes: number;
  readonly rssBytes: number;
}

describe('a process that logs', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-log-files-'));
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** @param stdout what Node calls a pipe is a socket; a descriptor may be that of a real pipe */
  function start(stdout: 'pipe' | number): ChildProcess {
    const task = JSON.stringify({ library: BUILT_LOGGING, lines: LINES });
    const child = spawn(process.execPath, ['test/support/logs/stdout-logger.js', task], {
      cwd: ROOT,
      stdio: ['ignore', stdout, 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  }

  /** A pipe whose reader is there but reads nothing. */
  async function stalledPipe(): Promise<{ readonly pipe: FileHandle; readonly close: () => Promise<void> }> {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
    const pipe = await open(path, constants.O_WRONLY);
    return { pipe, close: async () => void (await Promise.all([reader.close(), pipe.close()])) };
  }

  async function expectToStayAlive(child: ChildProcess): Promise<void> {
    const [report] = (await once(child, 'message')) as [Report];
    expect(report.lines).toBeGreaterThan(0);
    expect(report.rssBytes / MEBIBYTE).toBeLessThan(200);
    const exited = once(child, 'exit');
    child.send('exit');
    expect(await exited).toEqual([3, null]);
  }

  it('neither stops nor grows when its stdout is a socket that nobody reads, and exits', async () => {
    await expectToStayAlive(start('pipe'));
  });

  it('neither stops nor grows when its stdout is a pipe that nobody reads, and exits', async () => {
    const { pipe, close } = await stalledPipe();
    try {
      await expectToStayAlive(start(pipe.fd));
    } finally {
      await close();
    }
  });

  it('tells of the lines that it lost once the reader of its stdout reads again', async () => {
    const child = start('pipe');
    const [{ lines, bytes }] = (await once(child, 'message')) as [Report];
    child.send('go on');
    const got = (await text(child.stdout!))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(got.filter(({ number }) => number !== undefined)).toHaveLength(LINES - lines);
    expect(got.at(-1)).toMatchObject({ level: 'warn', lostLines: lines, lostBytes: bytes });
  });

  it.each(['has nothing left to do', 'calls process.exit', 'throws an error that nobody catches'])(
    'has written each line once when it %s',
    async (way) => {
      const path = join(folder, `${way}.log`);
      const script = join(ROOT, 'test/support/logs/leaving-process.js');
      const child = spawn(process.execPath, [script, BUILT_LOGGING, path, way], { stdio: 'ignore' });
      children.push(child);
      await once(child, 'exit');
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
      expect(lines.toSorted()).toEqual(['before', 'being written', 'waiting']);
    },
  );
});
