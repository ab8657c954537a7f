import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/service.js';

const MEBIBYTE = 1024 * 1024;
const SUPPORT = join(ROOT, 'test/support/memory-watchdog');

interface Report {
  readonly event: 'verdict' | 'done';
  readonly verdict: string;
  readonly reason: string | null;
  readonly limits: { readonly heapLimitBytes: number; readonly rssLimitBytes: number };
  readonly reading: {
    readonly rssBytes: number;
    readonly heapUsedBytes: number;
    readonly heapFloorBytes: number;
  };
  readonly majors: number;
  readonly peakRssBytes: number;
}

interface Use {
  readonly way: string;
  /** How much is used every second. */
  readonly mib: number;
  readonly heapLimitMib?: number;
  readonly rssLimitMib?: number;
}

/** Uses memory in a process of its own until its verdict is `recycle` or it is done. */
async function useMemory({ way, mib, heapLimitMib, rssLimitMib = 700 }: Use) {
  const task = { way, bytesPerSecond: mib * MEBIBYTE, rssLimitBytes: rssLimitMib * MEBIBYTE };
  const child = fork(join(SUPPORT, 'watched-memory.js'), [JSON.stringify(task)], {
    execArgv: heapLimitMib ? [`--max-old-space-size=${heapLimitMib}`] : [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const reports: Report[] = [];
  let log = '';
  child.on('message', (report: Report) => reports.push(report));
  child.stdout?.on('data', (chunk) => (log += String(chunk)));
  const [exitCode, signal] = await once(child, 'close');
  return { exitCode, signal, reports, last: reports.at(-1), log };
}

function mebibytes(bytes = Number.NaN): number {
  return bytes / MEBIBYTE;
}

function expectFloorToHaveAccused(report: Report | undefined, limitMib: number): void {
  expect(report?.verdict).toBe('recycle');
  expect(report?.reason).toMatch(
    new RegExp(`^The heap keeps \\d+ MB after each collection.* its limit of ${limitMib} MB`),
  );
  expect(mebibytes(report?.reading.heapFloorBytes)).toBeGreaterThanOrEqual(limitMib * 0.7);
}

describe('a process that leaks', () => {
  it('is told to be recycled before V8 aborts: objects, 50 MB a second, heap of 256 MB', async () => {
    const { last, exitCode } = await useMemory({ way: 'leakObjects', mib: 50, heapLimitMib: 256 });
    expect(exitCode).toBe(0);
    expect(mebibytes(last?.limits.heapLimitBytes)).toBe(256);
    expectFloorToHaveAccused(last, 256);
  }, 60_000);

  it('is told so for listeners, and its log has a line that names their emitter and one for the verdict', async () => {
    const { last, log } = await useMemory({ way: 'leakListeners', mib: 50, heapLimitMib: 256 });
    expectFloorToHaveAccused(last, 256);
    expect(log).toMatch(/a Bell has 11 listeners for "ring"/);
    expect(log.match(/WARN/g)).toHaveLength(2);
  }, 60_000);

  it('is told to be recycled before a Map doubles its table beyond the limit', async () => {
    const { last, exitCode } = await useMemory({ way: 'leakMapEntries', mib: 50, heapLimitMib: 256 });
    expect(exitCode).toBe(0);
    expectFloorToHaveAccused(last, 256);
  }, 60_000);

  it('is told to be recycled before Buffers outgrow its limit, long after the heap has stopped growing', async () => {
    const { last } = await useMemory({ way: 'leakBuffers', mib: 60, heapLimitMib: 256 });
    expect(last?.verdict).toBe('recycle');
    expect(last?.reason).toMatch(
      /Buffers and the like \d{3} MB\), and what is kept .* its limit of 700 MB in/,
    );
    expect(mebibytes(last?.reading.rssBytes)).toBeLessThan(700);
    expect(mebibytes(last?.reading.heapUsedBytes)).toBeLessThan(50);
  }, 60_000);
});

describe('a process that does not leak', () => {
  it.each<[string, readonly Use[]]>([
    ['a cache that fills 300 MB and stays', [{ way: 'fillCache', mib: 100, heapLimitMib: 512 }]],
    [
      'a burst of 250 MB, in the heap or of Buffers',
      [
        { way: 'burst', mib: 100, heapLimitMib: 512 },
        { way: 'burstOfBuffers', mib: 100, heapLimitMib: 512 },
      ],
    ],
    ['garbage up to the limit in a heap of gigabytes', [{ way: 'litter', mib: 30, rssLimitMib: 400 }]],
  ])(
    'has neither a verdict nor a line in its log: %s',
    async (_, uses) => {
      for (const { reports, log, last } of await Promise.all(uses.map(useMemory))) {
        expect(reports).toMatchObject([{ event: 'done', verdict: 'healthy', reason: null }]);
        expect(last?.majors).toBeGreaterThanOrEqual(4);
        expect(mebibytes(last?.peakRssBytes)).toBeGreaterThan(200);
        expect(log).toBe('');
      }
    },
    60_000,
  );
});

describe('workers that want to leave at once', () => {
  it('get the turn one at a time, although it had expired and all ask in the same moment', async () => {
    const root = mkdtempSync(join(tmpdir(), 'evernest-turns-'));
    const folders = Array.from({ length: 300 }, (_, index) => join(root, String(index)));
    for (const folder of folders) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'recycle.lock'), JSON.stringify({ bootId: 'gone', expiresAt: 1 }));
    }
    try {
      expect((await race(folders)).toSorted()).toEqual(folders.toSorted());
    } finally {
      rmSync(root, { recursive: true });
    }
  }, 60_000);
});

/** Three workers ask for the turn in each of the folders. @returns the folder of each turn that one of them got */
async function race(folders: readonly string[]): Promise<string[]> {
  const workers = Array.from({ length: 3 }, () => fork(join(SUPPORT, 'turn-taker.js')));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.send({ folders, beginAtMs: Date.now() + 100, everyMs: 5 });
  return (await Promise.all(answers)).flatMap(([won]) => won as string[]);
}
