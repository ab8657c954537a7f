import fc from 'fast-check';
import { inTimeOrder } from './in-time-order.js';
import { merged } from './merge.js';
import type { LineBatches, ReadLine } from './read-line.js';
import { all, inBatches, lineAt } from './reading.fixture.js';

interface Written {
  readonly file: number;
  readonly worker: number;
  readonly serial: number;
  readonly atMs: number;
  /** By how many other lines it comes late. */
  readonly late: number;
}

/** Some workers, each with its lines in the order of time, spread over some files. */
const history = fc
  .array(
    fc.record({
      worker: fc.nat(3),
      file: fc.nat(2),
      passedMs: fc.nat(3),
      late: fc.nat(5),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ passedMs, ...step }, serial) => ({ ...step, serial, atMs: (atMs += passedMs) }));
  });

/** As they stand in one file: late, but those of one worker in their order. */
function asWritten(lines: readonly Written[]): Written[] {
  const position = new Map<number, number>();
  return lines
    .map((line, index) => {
      const place = Math.max(position.get(line.worker) ?? 0, index + line.late);
      position.set(line.worker, place);
      return { line, place };
    })
    .toSorted((one, other) => one.place - other.place)
    .map(({ line }) => line);
}

const toLine = ({ atMs, worker, serial }: Written) => lineAt(atMs, { worker, serial });
const serialOf = (line: ReadLine) => Number(line.fields?.['serial']);

describe('files merged in the order of time', () => {
  it('have every line once, sorted, and those of one worker in their order', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 7 }), async (written, batchSize) => {
        const files = [0, 1, 2].map((file) => asWritten(written.filter((line) => line.file === file)));
        const lines = await all(
          merged(
            files.map((file) => ({
              startsAtMs: -Infinity,
              lines: inTimeOrder(inBatches(file.map(toLine), batchSize), { lines: 20, bytes: 1e6 }),
            })),
          ),
        );
        expect(lines.map(serialOf).toSorted((one, other) => one - other)).toEqual(
          written.map(({ serial }) => serial),
        );
        expect(lines.map(({ timeMs }) => timeMs)).toEqual(
          lines.map(({ timeMs }) => timeMs).toSorted((one, other) => one - other),
        );
        for (const file of files) {
          for (const worker of [0, 1, 2, 3]) {
            const wrote = file.filter((line) => line.worker === worker).map(({ serial }) => serial);
            expect(lines.map(serialOf).filter((serial) => wrote.includes(serial))).toEqual(wrote);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('have the lines of the file that was named first before those of the same time', async () => {
    const of = (file: string) => inBatches([lineAt(1, { file }), lineAt(1, { file }), lineAt(2, { file })]);
    const lines = await all(merged(['a', 'b'].map((file) => ({ startsAtMs: -Infinity, lines: of(file) }))));
    expect(lines.map(({ fields }) => fields?.['file'])).toEqual(['a', 'a', 'b', 'b', 'a', 'b']);
  });
});

describe('a file that begins later', () => {
  const opened: string[] = [];
  let closed = 0;
  beforeEach(() => {
    opened.length = 0;
    closed = 0;
  });

  async function* file(name: string, ...times: number[]): LineBatches & AsyncGenerator<ReadLine[]> {
    opened.push(name);
    try {
      yield times.map((ms) => lineAt(ms, { name }));
    } finally {
      closed += 1;
    }
  }
  const from = (ms: number) => lineAt(ms).timeMs;

  it('is opened when its time has come', async () => {
    const sources = [
      { startsAtMs: from(10), lines: file('second', 12) },
      { startsAtMs: -Infinity, lines: file('first', 1, 9, 11, 30) },
      { startsAtMs: from(20), lines: file('third', 20) },
    ];
    const seen: [number, number][] = [];
    for await (const lines of merged(sources)) {
      for (const line of lines) seen.push([line.timeMs - from(0), opened.length]);
    }
    expect(seen).toEqual([
      [1, 1],
      [9, 1],
      [11, 2],
      [12, 2],
      [20, 3],
      [30, 3],
    ]);
  });

  it('is never opened for somebody who has seen enough, and those that are open are closed', async () => {
    const sources = [
      { startsAtMs: -Infinity, lines: file('first', 1, 2, 3) },
      { startsAtMs: -Infinity, lines: file('also', 1, 2, 3) },
      { startsAtMs: from(3), lines: file('second', 3) },
    ];
    for await (const lines of merged(sources)) {
      if (lines.length > 0) break;
    }
    expect(opened).toEqual(['first', 'also']);
    expect(closed).toBe(2);
  });
});
