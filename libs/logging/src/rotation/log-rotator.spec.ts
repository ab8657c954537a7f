import { appendFile, mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { LogRotator } from './log-rotator.js';
import type { LogRotatorOptions } from './log-rotator-options.js';

const NOON = new Date('2026-11-21T12:00:00.000Z');
const ONE_DAY_MS = 24 * 60 * 60 * 1000;
const LONG_AFTER_MS = 120_000;

describe('LogRotator', () => {
  let folder: string;
  let warnings: unknown[][];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-rotator-'));
    warnings = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((...args) => void warnings.push(args));
  });

  afterEach(async () => {
    jest.useRealTimers();
    await rm(folder, { recursive: true });
  });

  function rotator(options: Partial<LogRotatorOptions> = {}): LogRotator {
    return new LogRotator({ folder, fileNames: ['combined.log', 'error.log'], ...options });
  }

  function write(name: string, content: string): Promise<void> {
    return writeFile(join(folder, name), content);
  }

  async function files(): Promise<string[]> {
    return (await readdir(folder)).toSorted();
  }

  async function unzipped(name: string): Promise<string> {
    return gunzipSync(await readFile(join(folder, name))).toString();
  }

  /** Nobody has touched the rotated files for long. */
  function later(): void {
    jest.useFakeTimers({
      now: Date.now() + LONG_AFTER_MS,
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
  }

  it('renames a file that has reached its size, and leaves the others alone', async () => {
    await write('combined.log', '12345');
    await write('error.log', '1234');
    await write('other.log', '123456');
    await rotator({ maxBytes: 5 }).check(NOON);
    expect(await files()).toEqual(['combined-2026-11-21T12-00-00.000Z.log', 'error.log', 'other.log']);
  });

  it('renames a file that was begun on an earlier day, but not an empty one', async () => {
    await write('combined.log', 'of today');
    await write('error.log', '');
    const now = new Date();
    await rotator().check(now);
    expect(await files()).toEqual(['combined.log', 'error.log']);
    await rotator().check(new Date(now.getTime() + ONE_DAY_MS));
    expect(await files()).toEqual([expect.stringMatching(/^combined-.*\.log$/), 'error.log']);
  });

  it('never takes a name that a rotated file has, compressed or not', async () => {
    await write('combined-2026-11-21T12-00-00.000Z.log', 'first');
    await write('combined-2026-11-21T12-00-00.000Z-1.log.gz', 'second');
    await write('combined.log', 'third');
    await rotator({ maxBytes: 1 }).check(NOON);
    expect(await files()).toEqual([
      'combined-2026-11-21T12-00-00.000Z-1.log.gz',
      'combined-2026-11-21T12-00-00.000Z-2.log',
      'combined-2026-11-21T12-00-00.000Z.log',
    ]);
    expect(await readFile(join(folder, 'combined-2026-11-21T12-00-00.000Z-2.log'), 'utf8')).toBe('third');
  });

  it('compresses a rotated file only once nobody has it open to write', async () => {
    const name = 'combined-2026-11-21T12-00-00.000Z.log';
    await write(name, 'one\n');
    later();
    const writer = await open(join(folder, name), 'a');
    const checking = rotator();
    await checking.check();
    expect(await files()).toEqual([name]);
    await writer.appendFile('two\n');
    await writer.close();
    await checking.check();
    expect(await files()).toEqual([`${name}.gz`]);
    expect(await unzipped(`${name}.gz`)).toBe('one\ntwo\n');
  });

  it('compresses a rotated file that somebody only reads, such as with tail -f', async () => {
    const name = 'combined-2026-11-21T12-00-00.000Z.log';
    await write(name, 'one\n');
    later();
    const reader = await open(join(folder, name));
    await rotator().check();
    await reader.close();
    expect(await files()).toEqual([`${name}.gz`]);
  });

  it('does not compress a file that was renamed a moment ago', async () => {
    await write('combined.log', 'one\n');
    await rotator({ maxBytes: 1 }).check(NOON);
    expect(await files()).toEqual(['combined-2026-11-21T12-00-00.000Z.log']);
  });

  it('does a compression again that was broken off, and removes what it left', async () => {
    const name = 'combined-2026-11-21T12-00-00.000Z.log';
    await write(name, 'one\n');
    await write(`${name}.gz`, 'complete, but the original was still there');
    await write(`${name}.gz.0b6c6a2e-1c1f-4b57-9d5a-3f1f0a8f8f11.tmp`, 'incomplete');
    await utimes(join(folder, `${name}.gz.0b6c6a2e-1c1f-4b57-9d5a-3f1f0a8f8f11.tmp`), 1, 1);
    later();
    await rotator().check();
    expect(await files()).toEqual([`${name}.gz`]);
    expect(await unzipped(`${name}.gz`)).toBe('one\n');
  });

  it('breaks a compression off when it is stopped, and keeps the original', async () => {
    const name = 'combined-2026-11-21T12-00-00.000Z.log';
    await write(name, 'x'.repeat(5_000_000));
    later();
    const stopped = rotator();
    const stop = stopped.start();
    const checked = stopped.check();
    while (!(await files()).some((file) => file.endsWith('.tmp')));
    await stop();
    await checked;
    expect(await files()).toEqual([name]);
    expect(warnings).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('removes the oldest beyond the count of each name', async () => {
    for (const day of ['18', '19', '20']) {
      await write(`combined-2026-11-${day}T12-00-00.000Z.log.gz`, 'x');
      await write(`error-2026-11-${day}T12-00-00.000Z.log.gz`, 'x');
    }
    await write('other-2026-11-18T12-00-00.000Z.log.gz', 'x');
    await rotator({ maxFiles: 2 }).check(NOON);
    expect(await files()).toEqual([
      'combined-2026-11-19T12-00-00.000Z.log.gz',
      'combined-2026-11-20T12-00-00.000Z.log.gz',
      'error-2026-11-19T12-00-00.000Z.log.gz',
      'error-2026-11-20T12-00-00.000Z.log.gz',
      'other-2026-11-18T12-00-00.000Z.log.gz',
    ]);
  });

  it('removes the oldest of all beyond the total size', async () => {
    await write('combined-2026-11-18T12-00-00.000Z.log.gz', 'xx');
    await write('error-2026-11-19T12-00-00.000Z.log.gz', 'xx');
    await write('combined-2026-11-20T12-00-00.000Z.log.gz', 'xx');
    await rotator({ maxTotalBytes: 5 }).check(NOON);
    expect(await files()).toEqual([
      'combined-2026-11-20T12-00-00.000Z.log.gz',
      'error-2026-11-19T12-00-00.000Z.log.gz',
    ]);
  });

  it('does not remove what it has just rotated, whatever the total size, nor what came before for its sake', async () => {
    await write('combined-2026-11-18T12-00-00.000Z.log.gz', 'xx');
    await write('combined.log', 'xxxxxxxx');
    await rotator({ maxBytes: 8, maxTotalBytes: 5 }).check(NOON);
    expect(await files()).toEqual([
      'combined-2026-11-18T12-00-00.000Z.log.gz',
      'combined-2026-11-21T12-00-00.000Z.log',
    ]);
  });

  it('tells of an error once, sees to the other files, and tries again', async () => {
    const failing = rotator({ fileNames: ['x'.repeat(250), 'error.log'], maxBytes: 1 });
    await write('x'.repeat(250), 'its name is too long to get a time');
    await write('error.log', 'x');
    await failing.check(NOON);
    await failing.check(NOON);
    expect(warnings).toEqual([
      [expect.stringMatching(/^rotating x+ failed/), expect.objectContaining({ code: 'ENAMETOOLONG' })],
    ]);
    expect(await files()).toEqual(['error-2026-11-21T12-00-00.000Z.log', 'x'.repeat(250)]);
  });

  it('loses nothing when two do the same by mistake', async () => {
    const both = [rotator({ maxBytes: 1, maxFiles: 1000 }), rotator({ maxBytes: 1, maxFiles: 1000 })];
    let expected = '';
    for (let round = 0; round < 20; round += 1) {
      await appendFile(join(folder, 'combined.log'), `${round}\n`);
      expected += `${round}\n`;
      await Promise.all(both.map((one) => one.check(NOON)));
    }
    later();
    await Promise.all(both.map((one) => one.check(NOON)));
    const contents = await Promise.all((await files()).map(unzipped));
    const sorted = contents.toSorted((a, b) => Number(a) - Number(b));
    expect(sorted.join('')).toBe(expected);
    expect(warnings).toEqual([]);
  });
});
