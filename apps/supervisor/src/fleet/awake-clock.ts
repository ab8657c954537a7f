/** Looks are a second apart; what is longer, the supervisor slept, or was itself starved. */
const LONGEST_STEP_MS = 1_500;

/**
 * A clock that stands still while this process does not run: after a machine was suspended, no worker has been silent for hours,
 * because nobody asked it.
 */
export class AwakeClock {
  private awakeMs = 0;
  private tickedAtMs: number;

  /** @param nowMs a monotonic clock */
  constructor(private readonly nowMs: () => number = () => performance.now()) {
    this.tickedAtMs = nowMs();
  }

  /** To be called at every look. */
  tick(): void {
    const nowMs = this.nowMs();
    this.awakeMs += Math.min(nowMs - this.tickedAtMs, LONGEST_STEP_MS);
    this.tickedAtMs = nowMs;
  }

  now(): number {
    return this.awakeMs + Math.min(this.nowMs() - this.tickedAtMs, LONGEST_STEP_MS);
  }
}
