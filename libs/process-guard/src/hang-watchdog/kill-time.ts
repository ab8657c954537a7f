/** Native code that does not answer ends the process when it took so many timeouts. */
const NATIVE_TIMEOUTS = 2;
/** A collection of garbage ends it when it took so many. */
const COLLECTION_TIMEOUTS = 5;
/** What was a long turn of the loop, and no hang, has this long to end after the main thread has answered. */
const SECOND_CHANCE_MS = 250;

/**
 * When to give up on a loop that stands still, as a reading of the {@link StallClock}. It is set from the first moment
 * on, so that nothing that fails later keeps a hung process alive.
 */
export class KillTime {
  private dueMs: number;
  private hasAnswered = false;

  constructor(private readonly timeoutMs: number) {
    this.dueMs = NATIVE_TIMEOUTS * timeoutMs;
  }

  /** The main thread runs JavaScript, so it is not in a collection or another native call that may end. */
  answered(stalledMs: number): void {
    this.hasAnswered = true;
    this.dueMs = Math.max(stalledMs + SECOND_CHANCE_MS, this.timeoutMs);
  }

  /** @param looksLikeCollection asked only when it decides: whether the engine's helpers have been busy. */
  isDue(stalledMs: number, looksLikeCollection: () => boolean): boolean {
    if (stalledMs < this.dueMs) return false;
    const latestMs = COLLECTION_TIMEOUTS * this.timeoutMs;
    if (this.hasAnswered || this.dueMs >= latestMs || !looksLikeCollection()) return true;
    this.dueMs = Math.min(latestMs, stalledMs + this.timeoutMs);
    return false;
  }
}
