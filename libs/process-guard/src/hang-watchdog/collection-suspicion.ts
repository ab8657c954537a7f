import { cpuTimes } from './process-threads.js';

/**
 * Of the main thread's processor time, which is short on a busy machine when theirs is. Measured: helpers of a full
 * collection use 1 to 5 times as much as the main thread, and nothing in some of its phases; beside a hash they use
 * nothing. A huge `JSON.parse`, which allocates all the time, comes to 0.12 to 0.8, so it is given the same time.
 */
const BUSY_SHARE = 0.1;

/**
 * Tells a long collection of garbage from other native code: V8 collects with several threads, so others than the main
 * thread are busy too.
 */
export class CollectionSuspicion {
  private last: ReturnType<typeof cpuTimes>;

  /** @param read the processor times so far, in ms. */
  constructor(private readonly read: typeof cpuTimes = cpuTimes) {
    this.last = read();
  }

  /** Whether it has looked like a collection since this was last asked, or since the beginning. */
  looksLikeCollection(): boolean {
    const { mainMs, helpersMs } = this.last;
    this.last = this.read();
    const helpersUsedMs = this.last.helpersMs - helpersMs;
    return helpersUsedMs > 0 && helpersUsedMs >= BUSY_SHARE * (this.last.mainMs - mainMs);
  }
}
