import { heldBytes, type MemoryFigures } from './memory-figures.js';
import type { MemoryLimits } from './memory-limits.js';
import { CROWDED, RISING } from './memory-thresholds.js';
import { threateningRise } from './rise.js';

/** How old the latest floor must be. A collection that leaves 200 MB stops the process for a tenth of a second. */
const STALE_AFTER_MS = { heap: 350, rss: 3000 };
/** A little above where a rise becomes a reason, so that one collection settles it. */
const WORTH_KNOWING = RISING + 0.015;
/** How much more must be held than at the latest floor, as a share of the limit: the most that could be garbage. */
const WORTH_COLLECTING = 0.1;

/**
 * Says whether a collection is worth its pause, because the floor decides and is not known. V8 was seen to let a heap of
 * 256 MB grow from 65 % to its limit without one (a Map doubled its table), and one with a limit of gigabytes from 140 to
 * 600 MB: nobody knows then whether the worker leaks or is full of garbage.
 * @param floors what collections left, oldest first
 */
export function needsCollection(
  figures: MemoryFigures,
  floors: readonly MemoryFigures[],
  limits: MemoryLimits,
): boolean {
  return mayBeGarbage(figures, floors.at(-1), limits) || mayBeNearHeapLimit(figures, floors, limits);
}

function mayBeGarbage(
  figures: MemoryFigures,
  floor: MemoryFigures | undefined,
  { rssLimitBytes }: MemoryLimits,
): boolean {
  if (figures.rssBytes < rssLimitBytes * CROWDED) return false;
  if (!floor) return true;
  const moreBytes = heldBytes(figures) - heldBytes(floor);
  return figures.atMs - floor.atMs >= STALE_AFTER_MS.rss && moreBytes >= rssLimitBytes * WORTH_COLLECTING;
}

function mayBeNearHeapLimit(
  { atMs, heapUsedBytes }: MemoryFigures,
  floors: readonly MemoryFigures[],
  { heapLimitBytes }: MemoryLimits,
): boolean {
  if (heapUsedBytes < heapLimitBytes * WORTH_KNOWING) return false;
  if (atMs - (floors.at(-1)?.atMs ?? atMs) < STALE_AFTER_MS.heap) return false;
  const heap = floors.map((floor) => ({ atMs: floor.atMs, bytes: floor.heapUsedBytes }));
  return threateningRise(heap, heapLimitBytes - heapUsedBytes) !== null;
}
