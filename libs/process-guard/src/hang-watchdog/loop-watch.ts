import { CollectionSuspicion } from './collection-suspicion.js';
import { HangCase } from './hang-case.js';
import type { HangThreadData } from './hang-thread-data.js';
import { mainThreadCpuWaitMs } from './process-threads.js';
import { SharedBoard } from './shared-board.js';
import { StallClock } from './stall-clock.js';

/** A hang is noticed within an eighth of the timeout, and in 150 ms. */
const LOOKS_PER_TIMEOUT = 8;
const POLL_MS = { least: 50, most: 150 };
/**
 * Of the timeout. There is something to say before a supervisor kills: it waits for 3 s, but counts from the last answer, which may be
 * a second older than the hang.
 */
const SUSPICIOUS_PART = 0.5;

/** Looks at the main thread's event loop every so often, and opens a case when it has stood still for half of the timeout. */
export class LoopWatch {
  private readonly board: SharedBoard;
  private readonly clock = new StallClock();
  private readonly pollMs: number;
  private suspicion: CollectionSuspicion | undefined;

  constructor(private readonly data: HangThreadData) {
    this.board = new SharedBoard(data.board);
    this.pollMs = Math.min(POLL_MS.most, Math.max(POLL_MS.least, data.timeoutMs / LOOKS_PER_TIMEOUT));
  }

  start(): void {
    this.lookIn(this.pollMs);
  }

  private lookIn(ms: number): void {
    setTimeout(() => this.poll(ms), ms);
  }

  private poll(pollMs: number): void {
    const stalledMs = this.board.debuggerIsOpen ? this.disregard() : this.look(pollMs);
    if (stalledMs === 0) this.suspicion = undefined;
    else this.suspicion ??= new CollectionSuspicion();
    const leftMs = SUSPICIOUS_PART * this.data.timeoutMs - stalledMs;
    if (leftMs <= 0) this.openCase();
    else this.lookIn(Math.min(this.pollMs, Math.max(POLL_MS.least, leftMs)));
  }

  private disregard(): number {
    this.clock.reset();
    return 0;
  }

  private openCase(): void {
    const look = (pollMs: number) => this.look(pollMs);
    const suspicion = (this.suspicion ??= new CollectionSuspicion());
    new HangCase(this.data, this.board, suspicion, look, () => this.restart()).open();
  }

  private restart(): void {
    this.clock.reset();
    this.suspicion = undefined;
    this.start();
  }

  private look(pollMs: number): number {
    const { beats } = this.board;
    return this.clock.look({ nowMs: performance.now(), beats, cpuWaitMs: mainThreadCpuWaitMs, pollMs });
  }
}
