import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ReadLine } from './read-line.js';
import { readLogs, type ReadLogsOptions } from './read-logs.js';
import { all, jsonAt, START_MS } from './reading.fixture.js';

let folder: string;
let unreadable: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evernest-'));
  unreadable = [];
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const entry = (ms: number) => jsonAt(ms, { ms });
const lines = (...entries: readonly (number | string)[]) =>
  entries.map((each) => `${typeof each === 'number' ? entry(each) : each}\n`).join('');
/** What is at this ms after 18:00, or the raw text. */
const told = (read: readonly ReadLine[]) => read.map(({ fields, raw }) => fields?.['ms'] ?? raw);
const read = (options: Partial<ReadLogsOptions> = {}) =>
  readLogs({
    paths: [at('a.log')],
    onUnreadable: (message) => unreadable.push(message),
    signal: new AbortController().signal,
    ...options,
  });
const rotatedName = (ms: number) => `a-${new Date(START_MS + ms).toISOString().replaceAll(':', '-')}.log`;

describe('the logs of many files', () => {
  it('are one, in the order of time, with what is rotated and compressed, in several members too', async () => {
    await writeFile(
      at(`${rotatedName(20)}.gz`),
      Buffer.concat([gzipSync(lines(3, 1)), gzipSync(lines(10, 21))]),
    );
    await writeFile(at(rotatedName(40)), lines(20, 22, 41));
    await writeFile(at('a.log'), lines(40, 42));
    await writeFile(at('b.log'), lines(2, 23, 43));
    const found = await all(read({ paths: [at('a.log'), at('b.log')] }));
    expect(told(found)).toEqual([1, 2, 3, 10, 20, 21, 22, 23, 40, 41, 42, 43]);
    expect(unreadable).toEqual([]);
  });

  it('keep what is no JSON where it stands, and every byte of it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('before everything\n'),
      Buffer.from(lines(1, '{"torn', ' at frame (x.js:1:2)')),
      Buffer.from([0xff, 0xfe, 0x80, 0x0d, 0x0a]),
      Buffer.from(lines(2, 'the last, without an end').slice(0, -1)),
    ]);
    await writeFile(at('a.log'), bytes);
    const found = await all(read());
    expect(Buffer.from(found.map(({ raw }) => raw).join('\n'), 'latin1')).toEqual(bytes);
  });

  it('are found once however often they are named', async () => {
    await writeFile(at(`${rotatedName(5)}.gz`), gzipSync(lines(1)));
    await writeFile(at('a.log'), lines(2));
    const paths = [at('a.log'), at('a.log'), at(`${rotatedName(5)}.gz`)];
    expect(told(await all(read({ paths })))).toEqual([1, 2]);
  });

  it('go on without what cannot be read, and tell it', async () => {
    await mkdir(at('c.log'));
    await writeFile(at(`${rotatedName(2)}.gz`), gzipSync(lines(1, 2)).subarray(0, -9));
    await writeFile(at('a.log'), lines(3));
    const paths = [at('a.log'), at('b.log'), at('c.log'), at('d.log.1')];
    const found = await all(read({ paths }));
    expect(told(found).at(-1)).toBe(3);
    expect(unreadable.toSorted()).toEqual([
      expect.stringMatching(/a-.* cannot be read to its end: unexpected end of file\.$/),
      expect.stringMatching(/c\.log cannot be read to its end: EISDIR/),
      expect.stringMatching(/d\.log\.1 cannot be read: ENOENT/),
      `There is no ${at('b.log')}.`,
    ]);
  });

  it('are not even opened where all is too old or too new', async () => {
    await writeFile(at(`${rotatedName(-60_000)}.gz`), 'this is no gzip');
    await writeFile(at('old.txt'), lines(1));
    await utimes(at('old.txt'), 0, (START_MS - 60_000) / 1000);
    await writeFile(at('a.log'), lines(0, 1));
    const paths = [at('a.log'), at('old.txt')];
    expect(told(await all(read({ paths, sinceMs: START_MS + 1 })))).toEqual([1]);
    await writeFile(at(`${rotatedName(60_000)}.gz`), 'this is no gzip');
    await writeFile(at(`${rotatedName(90_000)}.gz`), 'this is no gzip');
    expect(unreadable).toEqual([]);
    await all(read({ sinceMs: START_MS, untilMs: START_MS + 10_000 }));
    expect(unreadable).toEqual([expect.stringContaining(rotatedName(60_000))]);
  });

  it('may be compressed and removed while they are read', async () => {
    await writeFile(at(rotatedName(10)), lines(1, 2));
    await writeFile(at(rotatedName(30_000)), lines(3));
    await writeFile(at(rotatedName(60_000)), lines(50_000));
    await writeFile(at('a.log'), lines(100_000));
    const reading = read();
    const { value: first } = await reading.next();
    await writeFile(at(`${rotatedName(60_000)}.gz`), gzipSync(lines(50_000)));
    await unlink(at(rotatedName(60_000)));
    await rename(at('a.log'), at(rotatedName(110_000)));
    await writeFile(at('a.log'), lines(120_000));
    expect(told([...(first ?? []), ...(await all(reading))])).toEqual([1, 2, 3, 50_000, 100_000]);
    expect(unreadable).toEqual([]);
  });

  it('may have been removed before their turn', async () => {
    await writeFile(at(rotatedName(20_000)), lines(1));
    await writeFile(at(rotatedName(60_000)), lines(50_000));
    await writeFile(at('a.log'), lines(100_000));
    const reading = read();
    await reading.next();
    await unlink(at(rotatedName(60_000)));
    expect(told(await all(reading))).toEqual([100_000]);
    expect(unreadable).toEqual([]);
  });
});

describe('the last lines', () => {
  it('come from as many files as they take', async () => {
    for (let hour = 1; hour <= 9; hour += 1) {
      const end = hour * 3_600_000;
      await writeFile(at(`${rotatedName(end)}.gz`), gzipSync(lines(end - 2, end - 1)));
    }
    await writeFile(at('a.log'), lines(10 * 3_600_000));
    const everything = told(await all(read()));
    expect(everything).toHaveLength(19);
    for (const last of [0, 1, 2, 3, 4, 7, 18, 19, 20]) {
      const start = Math.max(0, everything.length - last);
      expect(told(await all(read({ last })))).toEqual(everything.slice(start));
    }
  });

  it('do not take a look at what is too old', async () => {
    await writeFile(at(`${rotatedName(-3_600_000)}.gz`), 'this is no gzip');
    await writeFile(at('a.log'), lines(1, 2, 3));
    expect(told(await all(read({ last: 2 })))).toEqual([2, 3]);
    expect(unreadable).toEqual([]);
  });

  it('of two logs are not taken for those of the one that was rotated late', async () => {
    await writeFile(at('b-2026-11-21T19-00-00.000Z.log.gz'), gzipSync(lines(1000, 2000)));
    await writeFile(at('b.log'), lines(3_700_000));
    await writeFile(at('a.log'), lines(1, 2, 3));
    const paths = [at('a.log'), at('b.log')];
    expect(told(await all(read({ paths, last: 3 })))).toEqual([1000, 2000, 3_700_000]);
  });
});

describe('a log that is followed', () => {
  let stop: AbortController;
  let seen: unknown[];
  let ended: Promise<void>;
  beforeEach(() => {
    stop = new AbortController();
    seen = [];
  });
  afterEach(async () => {
    stop.abort();
    await ended;
  });

  function follow(options: Partial<ReadLogsOptions> = {}): void {
    ended = (async () => {
      for await (const batch of read({ follow: true, signal: stop.signal, ...options }))
        seen.push(...told(batch));
    })();
  }

  async function untilSeen(...expected: readonly unknown[]): Promise<void> {
    const deadline = performance.now() + 8000;
    while (seen.length < expected.length && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen).toEqual(expected);
  }

  it('tells what was there, then what comes, sorted, and a line when it has its end', async () => {
    await writeFile(at('a.log'), lines(1, 2) + entry(3).slice(0, 9));
    follow();
    await untilSeen(1, 2);
    await appendFile(at('a.log'), `${entry(3).slice(9)}\n${lines(6, 5, 4)}`);
    await untilSeen(1, 2, 3, 4, 5, 6);
  });

  it('goes on behind rotations, also those that it slept through, and with those who still write to the old file', async () => {
    await writeFile(at('a.log'), lines(1));
    follow({ last: 20 });
    await untilSeen(1);
    const old = await open(at('a.log'), 'a');
    await rename(at('a.log'), at(rotatedName(3)));
    await writeFile(at(`${rotatedName(4)}.gz`), gzipSync(lines(4)));
    await writeFile(at('a.log'), lines(5));
    await old.appendFile(lines(2));
    await untilSeen(1, 2, 4, 5);
    await old.appendFile(lines(3));
    await old.close();
    await untilSeen(1, 2, 4, 5, 3);
  });

  it('goes on when it was emptied in place, removed, or comes later', async () => {
    follow({ last: 20 });
    await new Promise((resolve) => setImmediate(resolve));
    await writeFile(at('a.log'), lines(1, 2, 3));
    await untilSeen(1, 2, 3);
    await copyFile(at('a.log'), at('a.log.1'));
    await truncate(at('a.log'));
    await appendFile(at('a.log'), lines(4));
    await untilSeen(1, 2, 3, 4);
    await unlink(at('a.log'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await writeFile(at('a.log'), lines(5));
    await untilSeen(1, 2, 3, 4, 5);
  });

  it('tells only what is wanted', async () => {
    await writeFile(at('a.log'), lines(1, 2));
    follow({ pattern: /[13]\}/ });
    await untilSeen(1);
    await appendFile(at('a.log'), lines(2, 3));
    await untilSeen(1, 3);
  });
});
