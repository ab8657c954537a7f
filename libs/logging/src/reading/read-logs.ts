import type { FileHandle } from 'node:fs/promises';
import { follow } from './follow.js';
import { currentChapter, endOfHistory, storedChapter, wholeHistory, type Chapter } from './history.js';
import { lineFilter, type LineQuery } from './line-filter.js';
import { LogTail } from './log-tail.js';
import { openLogs, type OpenLogs } from './open-logs.js';
import type { ReadLine } from './read-line.js';
import type { ReadingOptions } from './reading-options.js';
import { bytesOfWholeLines } from './whole-lines.js';

export interface ReadLogsOptions extends LineQuery, Pick<ReadingOptions, 'onUnreadable' | 'signal'> {
  /**
   * Logs, such as `…/combined.log`, to each of which belong its rotated files, compressed or not; and any other files. What is named
   * twice is read once.
   */
  readonly paths: readonly string[];
  /** Only the last so many of the lines that are wanted. @default all */
  readonly last?: number | undefined;
  /** Goes on with what is written. @default ends where the files end */
  readonly follow?: boolean;
}

/**
 * Reads many logs as one: the lines that are wanted, in the order of time, in batches, some of them empty. Takes the memory of some
 * thousand lines for each log, whatever their size.
 */
export async function* readLogs(
  options: ReadLogsOptions,
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const { paths, last, follow: isFollowed = false, onUnreadable, signal } = options;
  const reading = { isWanted: lineFilter(options), onUnreadable, signal };
  const open = await openLogs(paths, onUnreadable);
  try {
    const ends = await Promise.all(open.logs.map((log) => endOf(log.current, isFollowed)));
    const chapters = chaptersOf(open, ends, reading).filter((chapter) => isWithin(chapter, options));
    if (last === undefined) yield* wholeHistory(chapters);
    else yield await endOfHistory(chapters, last);
    if (!isFollowed) return;
    const tails = open.logs.map((log, index) => new LogTail(log, ends[index] ?? 0, reading));
    yield* follow(tails, signal);
  } finally {
    await Promise.all(open.logs.map(async ({ current }) => current?.close()));
  }
}

function chaptersOf({ logs, stored }: OpenLogs, ends: readonly number[], reading: ReadingOptions): Chapter[] {
  const ofLogs = logs.flatMap(({ path, rotated, current }, index) =>
    current ? [currentChapter({ path, rotated }, { handle: current, bytes: ends[index] ?? 0 }, reading)] : [],
  );
  return [...stored.map((file) => storedChapter(file, reading)), ...ofLogs];
}

/** How many bytes are history: what is written from now on is not, and a line without its end is for who follows. */
async function endOf(current: FileHandle | undefined, isFollowed: boolean): Promise<number> {
  if (!current) return 0;
  return isFollowed ? bytesOfWholeLines(current) : (await current.stat()).size;
}

function isWithin(
  { startsAtMs, endsAtMs }: Chapter,
  { sinceMs = -Infinity, untilMs = Infinity }: LineQuery,
): boolean {
  return endsAtMs >= sinceMs && startsAtMs <= untilMs;
}
