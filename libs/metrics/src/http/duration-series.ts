/**
 * Upper bounds in seconds, 1-2.5-5 per decade as Prometheus' clients have them. They begin at 1 ms, because a read by id takes
 * less than that, and end at 10 s, where callers have given up.
 */
export const BOUNDS_SECONDS: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** How long the requests of one kind took. */
export class DurationSeries {
  /** The last one is for what lies above all bounds. */
  private readonly counts = new Float64Array(BOUNDS_SECONDS.length + 1);
  private total = 0;

  get sumSeconds(): number {
    return this.total;
  }

  add(seconds: number): void {
    let bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.total += seconds;
  }

  /** For each bound, and at last for infinity, how many were not above it. */
  cumulative(): number[] {
    let sum = 0;
    return Array.from(this.counts, (count) => (sum += count));
  }
}
