import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { LogFile } from './log-file.js';
import type { LogFileOptions } from './log-file-options.js';

const RETRY_MS = 1000;

describe('LogFile', () => {
  let folder: string;
  let path: string;
  const files: LogFile[] = [];
  const told: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-log-file-'));
    path = join(folder, 'log', 'combined.log');
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime'],
    });
    told.length = 0;
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(told.push(String(text))));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await Promise.all(files.splice(0).map((file) => close(file)));
    jest.useRealTimers();
  });

  function open(options?: LogFileOptions): LogFile {
    const file = new LogFile(path, options);
    files.push(file);
    return file;
  }

  async function close(file: LogFile): Promise<void> {
    const closed = file.close();
    await jest.advanceTimersByTimeAsync(1000);
    await closed;
  }

  async function lines(of = path): Promise<string[]> {
    return (await readFile(of, 'utf8').catch(() => '')).split('\n').slice(0, -1);
  }

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await nextTurn();
  }

  /** A failure that lasts is told, at the earliest when the second try fails too. */
  async function untilTold(): Promise<void> {
    await until(async () => {
      await jest.advanceTimersByTimeAsync(RETRY_MS);
      return told.length > 0;
    });
  }

  async function expectInTime(expected: readonly unknown[]): Promise<void> {
    await until(async () => (await lines()).length >= expected.length);
    expect(await lines()).toEqual(expected);
  }

  it('makes the folder and appends to what is there', async () => {
    await mkdir(join(folder, 'log'));
    await writeFile(path, 'before\n');
    const file = open();
    file.write('one\n', 'droppable');
    file.write('zwei: ä\u{1f642}\n', 'important');
    await file.flush();
    expect(await lines()).toEqual(['before', 'one', 'zwei: ä\u{1f642}']);
  });

  it('lets droppable lines wait for others for the time that was set, and for no longer', async () => {
    const file = open({ maxDelayMs: 250 });
    file.write('one\n', 'droppable');
    jest.advanceTimersByTime(249);
    file.write('two\n', 'droppable');
    await nextTurn();
    expect(await lines()).toEqual([]);
    jest.advanceTimersByTime(1);
    await expectInTime(['one', 'two']);
  });

  it('writes an important line at once, and those before it', async () => {
    const file = open();
    file.write('one\n', 'droppable');
    file.write('two\n', 'important');
    await expectInTime(['one', 'two']);
  });

  it('writes at once what fills a batch', async () => {
    const file = open();
    const line = 'x'.repeat(16 * 1024);
    file.write(`${line}\n`, 'droppable');
    await expectInTime([line]);
  });

  it('flushes at once what waits, and what came while a write was under way', async () => {
    const file = open({ maxDelayMs: 60_000 });
    file.write('one\n', 'important');
    file.write('two\n', 'droppable');
    const flushed = file.flush();
    await nextTurn();
    file.write('three\n', 'droppable');
    await flushed;
    await file.flush();
    expect(await lines()).toEqual(['one', 'two', 'three']);
  });

  it('writes in order what is flushed blocking before the file was opened, once', async () => {
    const file = open();
    file.write('one\n', 'important');
    file.write('two\n', 'droppable');
    file.flushSync();
    expect(await lines()).toEqual(['one', 'two']);
    file.write('three\n', 'droppable');
    await file.flush();
    expect(await lines()).toEqual(['one', 'two', 'three']);
  });

  it('writes once what is flushed blocking while a write is under way', async () => {
    const file = open();
    file.write('zero\n', 'important');
    await file.flush();
    for (let round = 0; round < 100; round += 1) {
      file.write(`${round} under way\n`, 'important');
      await Promise.resolve();
      await Promise.resolve();
      file.write(`${round} after\n`, 'droppable');
      file.flushSync();
      await file.flush();
    }
    const found = await lines();
    expect(found).toHaveLength(201);
    expect(new Set(found).size).toBe(201);
  });

  it('writes what waits when the process exits, and no more once it is closed', async () => {
    const listeners = process.listenerCount('exit');
    const file = open({ maxDelayMs: 60_000 });
    file.write('one\n', 'droppable');
    for (const listener of process.listeners('exit').slice(listeners)) listener.call(process, 0);
    expect(await lines()).toEqual(['one']);
    await close(file);
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  it('counts what is written after it was closed', async () => {
    const file = open();
    await close(file);
    file.write('late\n', 'important');
    expect(file.losses).toMatchObject({ lines: 1, bytes: 5 });
  });

  describe('whose folder cannot be made', () => {
    beforeEach(() => writeFile(join(folder, 'log'), 'a file'));

    async function makePossible(): Promise<void> {
      await rm(join(folder, 'log'));
      jest.advanceTimersByTime(RETRY_MS);
    }

    it('tells so once, and writes what waited as soon as it can be made', async () => {
      const file = open();
      file.write('one\n', 'important');
      await untilTold();
      await jest.advanceTimersByTimeAsync(10 * RETRY_MS);
      expect(told).toEqual([expect.stringMatching(/^combined\.log cannot be written.*(EEXIST|ENOTDIR)/)]);
      file.write('two\n', 'droppable');
      await makePossible();
      await expectInTime(['one', 'two']);
      expect(file.losses).toEqual({ lines: 0, bytes: 0 });
    });

    it('goes on when stderr cannot take that either', async () => {
      open().write('one\n', 'important');
      await untilTold();
      expect(() => process.stderr.emit('error', new Error('no space left'))).not.toThrow();
    });

    it('gives up droppable lines first, and tells how many lines were lost, since when and why', async () => {
      const file = open({ maxQueuedBytes: 300 });
      const line = (name: string) => `${name}${'x'.repeat(99 - name.length)}\n`;
      file.write(line('1 important'), 'important');
      await untilTold();
      const since = new Date();
      for (const name of ['2', '3', '4', '5']) file.write(line(name), 'droppable');
      for (const name of ['6', '7', '8', '9']) file.write(line(`${name} important`), 'important');
      expect(file.losses).toEqual({ lines: 3, bytes: 300, since });
      await makePossible();
      await until(async () => (await lines()).length > 6);
      const [report, ...others] = (await lines()).toReversed();
      expect(others.map((other) => other[0])).toEqual(['8', '7', '6', '3', '2', '1']);
      expect(JSON.parse(report ?? '')).toMatchObject({
        level: 'warn',
        message: expect.stringMatching(
          `^3 lines of combined.log were lost since ${since.toISOString()}: E(EXIST|NOTDIR)`,
        ),
        lostLines: 3,
        lostBytes: 300,
      });
    });

    it('does not keep a flush for more than a second', async () => {
      const file = open();
      file.write('one\n', 'important');
      const flushed = file.flush();
      await jest.advanceTimersByTimeAsync(1000);
      await flushed;
    });

    it('counts what a blocking flush cannot write, without throwing', () => {
      const file = open();
      file.write('one\n', 'important');
      file.write('two\n', 'important');
      file.flushSync();
      expect(file.losses).toMatchObject({ lines: 2, bytes: 8 });
    });
  });

  it('begins a line of its own after a write that failed', async () => {
    await mkdir(join(folder, 'log'));
    await symlink('/dev/full', path);
    const file = open();
    file.write('one\n', 'important');
    await untilTold();
    await rm(path);
    await writeFile(path, 'a piece');
    jest.advanceTimersByTime(RETRY_MS);
    await expectInTime(['a piece', 'one']);
  });

  describe('whose file was moved', () => {
    it('writes to a new one of its name: renamed, as logrotate does', async () => {
      const file = open();
      file.write('one\n', 'droppable');
      await file.flush();
      await rename(path, `${path}.1`);
      await notice();
      file.write('two\n', 'droppable');
      await file.flush();
      expect(await lines(`${path}.1`)).toEqual(['one']);
      expect(await lines()).toEqual(['two']);
    });

    it('writes to a new one of its name: removed with its folder', async () => {
      const file = open();
      file.write('one\n', 'droppable');
      await file.flush();
      await rm(join(folder, 'log'), { recursive: true });
      await notice();
      file.write('two\n', 'droppable');
      await file.flush();
      expect(await lines()).toEqual(['two']);
    });

    it('writes on where it was emptied, as copytruncate does', async () => {
      const file = open();
      file.write('one\n', 'droppable');
      await file.flush();
      await writeFile(path, '');
      file.write('two\n', 'droppable');
      await file.flush();
      expect(await lines()).toEqual(['two']);
    });

    it('is told to reopen it', async () => {
      const file = open();
      file.write('one\n', 'droppable');
      await file.flush();
      await rename(path, `${path}.1`);
      file.reopen();
      file.write('two\n', 'droppable');
      await file.flush();
      expect(await lines()).toEqual(['two']);
    });

    it('is told to reopen it while a write is under way, which goes to its end first', async () => {
      const file = open();
      file.write('one\n', 'droppable');
      await file.flush();
      await rename(path, `${path}.1`);
      file.write('two\n', 'important');
      for (let step = 0; step < 10; step += 1) await Promise.resolve();
      file.reopen();
      await file.flush();
      file.write('three\n', 'droppable');
      await file.flush();
      expect(await lines(`${path}.1`)).toEqual(['one', 'two']);
      expect(await lines()).toEqual(['three']);
    });

    /** It looks every second. */
    async function notice(): Promise<void> {
      jest.advanceTimersByTime(1000);
      await readFile(__filename);
      await readFile(__filename);
    }
  });
});
