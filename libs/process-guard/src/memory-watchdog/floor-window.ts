import type { MemoryFigures } from './memory-figures.js';

/** Long enough for a slow leak to show, short enough that an evening's growth does not accuse the next morning. */
const WINDOW_MS = 600_000;
/** Pairs of points are compared, so forty points cost 780 comparisons, about 0.1 ms. */
const MOST_POINTS = 40;

/** The floors of the last ten minutes: all of the latest ones, ever fewer of older ones. */
export class FloorWindow {
  private readonly points: MemoryFigures[] = [];

  /** Oldest first. */
  get floors(): readonly MemoryFigures[] {
    return this.points;
  }

  add(point: MemoryFigures): void {
    const { points } = this;
    points.push(point);
    while (points[0] && point.atMs - points[0].atMs > WINDOW_MS) points.shift();
    if (points.length > MOST_POINTS) points.splice(mostCrowded(points, point.atMs), 1);
  }
}

/**
 * The point that is missed least: its neighbours are closest together, measured by its age. That spaces the points such
 * that a leak of seconds and one of minutes have about as many.
 */
function mostCrowded(points: readonly MemoryFigures[], nowMs: number): number {
  let crowded = 1;
  let narrowest = Infinity;
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, point, after] = points.slice(index - 1, index + 2) as [
      MemoryFigures,
      MemoryFigures,
      MemoryFigures,
    ];
    const width = (after.atMs - before.atMs) / (nowMs - point.atMs);
    if (width < narrowest) [crowded, narrowest] = [index, width];
  }
  return crowded;
}
