import { cpuTimes } from './process-threads.js';

/**
 * Of the main thread's processor time, which is short on a busy machine when theirs is. Measured: helpers of a full
 * collection use 1 to 5 times as much as the main thread in some of its phases and nothing in others, 0.15 and more in
 * all; beside a hash they use nothing. A huge `JSON.parse`, which allocates all the time, comes to 0.12 to 0.8, so it is
 * given the same time.
 */
const BUSY_SHARE = 0.1;

/**
 * Tells a long collection of garbage from other native code: V8 collects with several threads, so others than the main
 * thread are busy too.
 */
export class CollectionSuspicion {
  private readonly atFirst: ReturnType<typeof cpuTimes>;

  /**
   * To be made when the loop begins to stand still.
   * @param read the processor times so far, in ms.
   */
  constructor(private readonly read: typeof cpuTimes = cpuTimes) {
    this.atFirst = read();
  }

  /** Whether it has looked like a collection so far. */
  looksLikeCollection(): boolean {
    const now = this.read();
    const helpersMs = now.helpersMs - this.atFirst.helpersMs;
    return helpersMs > 0 && helpersMs >= BUSY_SHARE * (now.mainMs - this.atFirst.mainMs);
  }
}
