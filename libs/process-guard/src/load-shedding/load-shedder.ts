import type { LoopClock } from '../event-loop/loop-clock.js';
import { LoadGauge } from './load-gauge.js';
import { resolveLoadSheddingOptions, type LoadSheddingOptions } from './load-shedding-options.js';
import { LoopShares } from './loop-shares.js';
import { MemoryGate } from './memory-gate.js';
import { SheddingLog, type SheddingState } from './shedding-log.js';

/** A second: what fills the loop for so long is a load, and not a burst. */
const STANDING_WINDOWS = 10;
/** What comes at once and goes is served if that takes no more than two seconds: 200 writes at a worker with neighbours. */
const BURST_FACTOR = 2;

/**
 * Eight times as many as were seen to arrive during a pause to collect garbage, 25 in a third of a second. One that waits takes 6 KB
 * with its connection, and its body as much as a stream buffers.
 */
const MOST_WAITING_FOR_MEMORY = 200;

/** Asking in every turn would keep the loop from ever being idle, by which it sees that it has room. */
const ASK_LOOP_AGAIN_MS = 1;
/** Requests that hold memory take longer, and each look takes up to a tenth of a millisecond. */
const ASK_MEMORY_AGAIN_MS = 20;

/** What becomes of a request: it is begun now, or in a later turn behind those who came before it, or not at all. */
export type Admission = 'begin' | 'queue' | 'shed';

/**
 * Decides for each request whether the event loop can serve it in time.
 *
 * A request is turned away if it would wait too long for the work of those who came before it. It needs no memory of
 * having shed: a loop that has room again lets everybody in.
 */
export class LoadShedder {
  private readonly maxWaitMs: number;
  private readonly gauge: LoadGauge;
  private readonly shares: LoopShares;
  private readonly memory: MemoryGate;
  private readonly log: SheddingLog;
  private readonly unsubscribe: () => void;

  /** @param pending how many requests are begun whose answer has not begun */
  constructor(
    private readonly clock: LoopClock,
    pending: () => number,
    options: Partial<LoadSheddingOptions> = {},
  ) {
    this.maxWaitMs = resolveLoadSheddingOptions(options).maxWaitMs;
    this.gauge = new LoadGauge(clock);
    this.shares = new LoopShares(clock);
    this.memory = new MemoryGate(pending);
    this.log = new SheddingLog(() => clock.nowMs());
    this.unsubscribe = clock.everyBeat(() => {
      this.gauge.beat();
      this.log.beat();
    });
  }

  /** Begins only a few at a time as long as it is true. */
  set memoryStrained(isStrained: boolean) {
    this.memory.isStrained = isStrained;
  }

  get state(): SheddingState {
    return this.log.state;
  }

  /**
   * @param inFlight requests that are begun and not answered yet
   * @param queued requests that are let in and not begun yet
   * @param lagMs how late the clock's beat is
   */
  judge(inFlight: number, queued = 0, lagMs = this.clock.lagMs()): Admission {
    const waitMs = this.gauge.waitMs(inFlight, queued);
    if (this.memory.isStrained && queued >= MOST_WAITING_FOR_MEMORY) {
      this.log.noteShed('the memory is strained');
      return 'shed';
    }
    if (waitMs > this.limitMs()) {
      const reason = this.memory.hasRoom() ? 'the event loop is saturated' : 'the memory is strained';
      this.log.noteShed(reason, waitMs);
      return 'shed';
    }
    return queued > 0 || this.gauge.isBusy(lagMs) || !this.memory.hasRoom() ? 'queue' : 'begin';
  }

  /** @returns 0 if one more can be begun now of those who wait for a later turn; else how soon it is worth to ask again */
  roomInMs(): number {
    if (!this.memory.hasRoom()) return ASK_MEMORY_AGAIN_MS;
    return this.shares.hasRoom(this.gauge.workPerRequestMs) ? 0 : ASK_LOOP_AGAIN_MS;
  }

  /**
   * Judges a request again that was let in and has waited since: ten that are in flight while the memory is strained may take their
   * time.
   * @returns whether it is to be turned away after all
   */
  judgeWaiting(waitedMs: number): boolean {
    if (this.memory.hasRoom() || waitedMs <= this.limitMs()) return false;
    this.log.noteShed('the memory is strained', waitedMs);
    return true;
  }

  /** To be called for each that is begun in a later turn. @returns the function to be called when it is over */
  noteBegin(): () => void {
    return this.shares.take();
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
