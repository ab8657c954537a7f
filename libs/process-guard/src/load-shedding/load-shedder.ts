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
 * A pause of a third of a second to collect garbage lets 25 requests arrive where 75 come in a second, and ten at a time are answered
 * soon after. One that waits takes 6 KB with its connection, and its body as much as a stream buffers.
 */
const MOST_WAITING_FOR_MEMORY = 200;

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

  constructor(
    private readonly clock: LoopClock,
    options: Partial<LoadSheddingOptions> = {},
  ) {
    this.maxWaitMs = resolveLoadSheddingOptions(options).maxWaitMs;
    this.gauge = new LoadGauge(clock);
    this.shares = new LoopShares(clock);
    this.memory = new MemoryGate(() => clock.nowMs());
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
      const reason = this.memory.hasRoom(inFlight) ? 'the event loop is saturated' : 'the memory is strained';
      this.log.noteShed(reason, waitMs);
      return 'shed';
    }
    if (queued > 0 || this.gauge.isBusy(lagMs) || !this.memory.hasRoom(inFlight)) return 'queue';
    this.memory.noteBegin();
    return 'begin';
  }

  /**
   * Whether one more can be begun of those who wait for a later turn.
   * @param inFlight requests that are begun and not answered yet
   */
  hasRoom(inFlight: number): boolean {
    return this.memory.hasRoom(inFlight) && this.shares.hasRoom(this.gauge.workPerRequestMs);
  }

  /**
   * Judges a request again that was let in and has waited since: ten that are in flight while the memory is strained may take their
   * time.
   * @returns whether it is to be turned away after all
   */
  judgeWaiting(waitedMs: number, inFlight: number): boolean {
    if (this.memory.hasRoom(inFlight) || waitedMs <= this.limitMs()) return false;
    this.log.noteShed('the memory is strained', waitedMs);
    return true;
  }

  /** To be called for each that is begun in a later turn. @returns the function to be called when it is over */
  noteBegin(): () => void {
    this.memory.noteBegin();
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
