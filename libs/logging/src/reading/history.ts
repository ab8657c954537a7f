import type { FileHandle } from 'node:fs/promises';
import { compareTimes } from './by-time.js';
import { startAfter } from './find-log-files.js';
import { inTimeOrder } from './in-time-order.js';
import { lastLines } from './last-lines.js';
import { merged } from './merge.js';
import type { OpenLog } from './open-log.js';
import type { LineBatches, ReadLine } from './read-line.js';
import type { ReadingOptions } from './reading-options.js';
import type { StoredFile } from './stored-file.js';
import { openLines, storedLines } from './stored-lines.js';
import { wantedLines } from './wanted-lines.js';

/** A file whose lines have been written, and how to read them. */
export interface Chapter {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly lines: () => LineBatches;
}

export function storedChapter(file: StoredFile, options: ReadingOptions): Chapter {
  return { ...file, lines: () => inTimeOrder(wantedLines(storedLines(file, options), options.isWanted)) };
}

/** The file that is written to, as far as it goes now. */
export function currentChapter(
  { path, rotated }: Pick<OpenLog, 'path' | 'rotated'>,
  { handle, bytes }: { readonly handle: FileHandle; readonly bytes: number },
  options: ReadingOptions,
): Chapter {
  return {
    startsAtMs: startAfter(rotated.at(-1)),
    endsAtMs: Infinity,
    lines: () => inTimeOrder(wantedLines(openLines(path, handle, bytes, options), options.isWanted)),
  };
}

/** All lines of all files, in the order of time. */
export function wholeHistory(chapters: readonly Chapter[]): LineBatches {
  return merged(chapters.map(({ startsAtMs, lines }) => ({ startsAtMs, lines: lines() })));
}

/** The last so many lines, without a look at files that are too old to hold any of them. */
export async function endOfHistory(
  chapters: readonly Chapter[],
  count: number,
): Promise<readonly ReadLine[]> {
  if (count === 0) return [];
  for (const cutMs of cuts(chapters)) {
    const recent = chapters.filter(({ endsAtMs }) => endsAtMs > cutMs);
    const last = await lastLines(wholeHistory(recent), count);
    const isComplete = last.length === count && (last[0]?.timeMs ?? Infinity) > cutMs;
    if (isComplete || cutMs === -Infinity) return last;
  }
  return [];
}

/** Ever earlier, each time with twice as many files behind it. */
function cuts(chapters: readonly Chapter[]): number[] {
  const ends = chapters.map(({ endsAtMs }) => endsAtMs).toSorted((one, other) => compareTimes(other, one));
  const earlier = ends.filter((_, index) => Number.isInteger(Math.log2(index)));
  return [...earlier, -Infinity];
}
