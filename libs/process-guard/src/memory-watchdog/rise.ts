/** One value at one moment. */
export interface Point {
  readonly atMs: number;
  readonly bytes: number;
}

/** Values that go up steadily. */
export interface Rise {
  readonly bytesPerMs: number;
  readonly roseBytes: number;
}

/** Fewer say nothing: of five values in random order one series in 120 rises throughout. */
const FEWEST_POINTS = 5;
/** What goes up for less may be the burst of one large request. */
const SHORTEST_RISE_MS = 2000;
/** Share of all pairs of points in which the later one is higher. */
const STEADY_SHARE = 0.9;
/** Each look begins this much nearer to the present, so that a leak that has just begun is seen as well as an old one. */
const NEXT_LOOK = 2 / 3;

/**
 * The rise, up to the last point, that would be the first to use up what is left, if it went on for as long again as it has
 * lasted: a rise may be blamed only when it has already gained at least what it would still have to gain. That holds for
 * leaks of any speed, and neither noise nor a warm-up below half of the limit can meet it.
 * @param points oldest first
 */
export function threateningRise(points: readonly Point[], leftBytes: number): Rise | null {
  let soonest: Rise | null = null;
  for (let count = points.length; count >= FEWEST_POINTS; count = Math.floor(count * NEXT_LOOK)) {
    const rise = steadyRise(points.slice(-count));
    if (rise && rise.roseBytes >= leftBytes && rise.bytesPerMs > (soonest?.bytesPerMs ?? 0)) soonest = rise;
  }
  return soonest;
}

/**
 * How fast the values change: the median of the slopes of all pairs (Theil–Sen), which a quarter of wild points cannot
 * bend. Null for fewer than five points.
 */
export function medianSlope(points: readonly Point[]): number | null {
  return points.length < FEWEST_POINTS ? null : median(slopes(points));
}

function steadyRise(points: readonly Point[]): Rise | null {
  const lastedMs = points.at(-1)!.atMs - points[0]!.atMs;
  if (lastedMs < SHORTEST_RISE_MS) return null;
  const all = slopes(points);
  if (all.filter((slope) => slope > 0).length < all.length * STEADY_SHARE) return null;
  // A cache that fills slows down: the later half counts if it is slower.
  const bytesPerMs = Math.min(median(all), median(slopes(points.slice(-Math.ceil(points.length / 2)))));
  return bytesPerMs > 0 ? { bytesPerMs, roseBytes: bytesPerMs * lastedMs } : null;
}

function slopes(points: readonly Point[]): number[] {
  return points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.atMs > one.atMs)
      .map((other) => (other.bytes - one.bytes) / (other.atMs - one.atMs)),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
