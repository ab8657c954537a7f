import type { LoopClock } from '../event-loop/loop-clock.js';
import { LoadGauge } from './load-gauge.js';
import { resolveLoadSheddingOptions, type LoadSheddingOptions } from './load-shedding-options.js';
import { SheddingLog, type SheddingState } from './shedding-log.js';

/** A second: what fills the loop for so long is a load, and not a burst. */
const STANDING_WINDOWS = 10;
/** What comes at once and goes is served if that takes no more than two seconds: 200 writes at a worker with neighbours. */
const BURST_FACTOR = 4;

/**
 * Decides for each request whether the event loop can serve it in time.
 *
 * A request is turned away if the loop is saturated and the request would wait too long: for the rest of this turn and
 * for the work of those who came before it. It needs no memory of having shed: a loop that has room again
 * lets everybody in.
 */
export class LoadShedder {
  /** Sheds everything as long as it is true. */
  memoryStrained = false;
  private readonly maxWaitMs: number;
  private readonly gauge: LoadGauge;
  private readonly log: SheddingLog;
  private readonly unsubscribe: () => void;

  constructor(clock: LoopClock, options: Partial<LoadSheddingOptions> = {}) {
    this.maxWaitMs = resolveLoadSheddingOptions(options).maxWaitMs;
    this.gauge = new LoadGauge(clock);
    this.log = new SheddingLog(() => clock.nowMs());
    this.unsubscribe = clock.everyBeat(() => {
      this.gauge.beat();
      this.log.beat();
    });
  }

  get state(): SheddingState {
    return this.log.state;
  }

  /** Whether requests that are let in should be begun one by one. */
  get isBusy(): boolean {
    return this.gauge.isBusy;
  }

  /**
   * @param inFlight requests that are begun and not answered yet
   * @param queued requests that are let in and not begun yet
   */
  shouldShed(inFlight: number, queued = 0): boolean {
    const waitMs = this.gauge.waitMs(inFlight, queued);
    if (this.memoryStrained) {
      this.log.noteShed('the memory is strained');
      return true;
    }
    if (waitMs <= this.limitMs()) return false;
    this.log.noteShed('the event loop is saturated', waitMs);
    return true;
  }

  /** To be called for each request that was let in, once it is answered or its client is gone. */
  noteCompletion(): void {
    this.gauge.noteCompletion();
  }

  stop(): void {
    this.unsubscribe();
    this.log.stop();
  }

  private limitMs(): number {
    return this.gauge.saturatedWindows >= STANDING_WINDOWS ? this.maxWaitMs : this.maxWaitMs * BURST_FACTOR;
  }
}
