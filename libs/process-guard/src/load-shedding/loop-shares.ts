import type { LoopClock } from '../event-loop/loop-clock.js';

/** What is begun shall be done this soon. As long as the longest slice of the queue, so that it cuts none short. */
const WORK_AT_ONCE_MS = 100;
/** However heavy they are: some may wait for a disk or a database while others work. */
const LEAST_AT_ONCE = 4;
/** Whoever has not ended by then keeps nobody else from being begun. */
const ROUND_MS = 1000;

/**
 * Counts the requests that have the event loop in common. If all began at once that work for a while, let the loop turn
 * and work on, all would end late.
 *
 * A loop that was idle had nothing to do for any of them: those who were begun before wait for something else, and count
 * no longer.
 */
export class LoopShares {
  private count = 0;
  private round = 0;
  private roundStartedAtMs: number;
  private idleMs: number;

  constructor(private readonly clock: Pick<LoopClock, 'idleMs' | 'nowMs'>) {
    this.roundStartedAtMs = clock.nowMs();
    this.idleMs = clock.idleMs();
  }

  /** Whether one more can be begun that takes this much work. */
  hasRoom(workMs: number): boolean {
    const nowMs = this.clock.nowMs();
    const idleMs = this.clock.idleMs();
    if (idleMs > this.idleMs || nowMs - this.roundStartedAtMs >= ROUND_MS) {
      this.count = 0;
      this.round += 1;
      this.roundStartedAtMs = nowMs;
      this.idleMs = idleMs;
    }
    return this.count < LEAST_AT_ONCE || this.count * workMs < WORK_AT_ONCE_MS;
  }

  /** Counts one more. @returns the function to be called when it is over */
  take(): () => void {
    const { round } = this;
    this.count += 1;
    return () => {
      if (round === this.round) this.count -= 1;
    };
  }
}
