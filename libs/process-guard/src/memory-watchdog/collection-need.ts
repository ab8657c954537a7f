import type { MemoryFigures } from './memory-figures.js';
import type { MemoryLimits } from './memory-limits.js';
import { CROWDED, RISING } from './memory-thresholds.js';
import { threateningRise } from './rise.js';

/** How old the latest floor may be. A collection of 500 MB takes a tenth of that. */
const STALE_AFTER_MS = { heap: 900, rss: 3000 };

/**
 * Says whether a collection is worth its pause, because the floor decides and is not known. V8 may let a heap grow from
 * 65 % to its limit without one (a Map that doubles its table), and, where its limit is gigabytes, from 170 MB to 600 MB:
 * then nobody knows whether the worker leaks or is full of garbage.
 * @param floors what collections left, oldest first
 */
export function needsCollection(
  figures: MemoryFigures,
  floors: readonly MemoryFigures[],
  { heapLimitBytes, rssLimitBytes }: MemoryLimits,
): boolean {
  const ageMs = figures.atMs - (floors.at(-1)?.atMs ?? -Infinity);
  if (ageMs >= STALE_AFTER_MS.rss && figures.rssBytes >= rssLimitBytes * CROWDED) return true;
  if (ageMs < STALE_AFTER_MS.heap || figures.heapUsedBytes < heapLimitBytes * RISING) return false;
  const heap = floors.map(({ atMs, heapUsedBytes }) => ({ atMs, bytes: heapUsedBytes }));
  return threateningRise(heap, heapLimitBytes - figures.heapUsedBytes) !== null;
}
