import { compareTimes } from './by-time.js';
import type { LineBatches, ReadLine } from './read-line.js';

/** Lines in the order of time, of which none is older than `startsAtMs`. */
export interface SortedLines {
  /** -Infinity if nobody knows. */
  readonly startsAtMs: number;
  readonly lines: LineBatches;
}

interface Head {
  readonly rank: number;
  readonly batches: AsyncIterator<readonly ReadLine[]>;
  batch: readonly ReadLine[];
  next: number;
}

/**
 * Merges by time; where times are equal the earlier of the list comes first. What begins later is opened only when its time has come, so
 * that a hundred files that follow each other are open one or two at a time.
 */
export async function* merged(
  sources: readonly SortedLines[],
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const waiting = sources
    .map((source, rank) => ({ ...source, rank }))
    .toSorted((one, other) => compareTimes(one.startsAtMs, other.startsAtMs));
  const heads: Head[] = [];
  try {
    for (;;) {
      const first = earliest(heads);
      const soon = waiting[0];
      if (soon && (!first || soon.startsAtMs <= timeOf(first))) {
        waiting.shift();
        const batches = soon.lines[Symbol.asyncIterator]();
        await refill(heads, { rank: soon.rank, batches, batch: [], next: 0 });
      } else if (first) {
        const other = earliest(heads.filter((head) => head !== first));
        yield takeRun(first, other, soon?.startsAtMs ?? Infinity);
        if (first.next === first.batch.length) {
          heads.splice(heads.indexOf(first), 1);
          await refill(heads, first);
        }
      } else {
        return;
      }
    }
  } finally {
    await Promise.all(heads.map(async ({ batches }) => batches.return?.()));
  }
}

async function refill(heads: Head[], head: Head): Promise<void> {
  for (;;) {
    const { done, value } = await head.batches.next();
    if (done) return;
    if (value.length === 0) continue;
    head.batch = value;
    head.next = 0;
    heads.push(head);
    return;
  }
}

/** As many lines as come before those of all others. */
function takeRun(head: Head, other: Head | undefined, nobodyBeforeMs: number): readonly ReadLine[] {
  const begin = head.next;
  for (head.next += 1; head.next < head.batch.length; head.next += 1) {
    if (timeOf(head) >= nobodyBeforeMs || (other && isBefore(other, head))) break;
  }
  return head.batch.slice(begin, head.next);
}

function earliest(heads: readonly Head[]): Head | undefined {
  return heads.reduce<Head | undefined>(
    (first, head) => (first && !isBefore(head, first) ? first : head),
    undefined,
  );
}

function isBefore(one: Head, other: Head): boolean {
  return (compareTimes(timeOf(one), timeOf(other)) || one.rank - other.rank) < 0;
}

function timeOf({ batch, next }: Head): number {
  return batch[next]?.timeMs ?? Infinity;
}
