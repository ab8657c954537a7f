import { createHistogram } from 'node:perf_hooks';

/** Long enough for fifty beats, short enough that a stall does not vanish in the average. */
const WINDOW_MS = 1000;

/** How the event loop was in one second. */
export interface LoopWindow {
  /** Share of the time in which it had something to do, 0 to 1. */
  readonly utilization: number;
  /** 99th percentile of how late the beats were. */
  readonly delayP99Ms: number;
}

/** Sums up beats to windows of a second, each on its own: an average since the start would hide a stall. */
export class LoopWindows {
  /** In microseconds, because it takes whole numbers only. */
  private readonly delays = createHistogram();
  private lastWindow: LoopWindow | undefined;

  constructor(
    private startedAtMs: number,
    private idleAtStartMs: number,
  ) {}

  /** Undefined before the first second is over. */
  get last(): LoopWindow | undefined {
    return this.lastWindow;
  }

  note(nowMs: number, lateMs: number, idleMs: number): void {
    // A histogram begins at 1.
    this.delays.record(Math.max(1, Math.round(lateMs * 1000)));
    const lengthMs = nowMs - this.startedAtMs;
    if (lengthMs < WINDOW_MS) return;
    this.lastWindow = {
      utilization: utilizationOf(lengthMs, idleMs - this.idleAtStartMs),
      delayP99Ms: this.delays.percentile(99) / 1000,
    };
    this.startedAtMs = nowMs;
    this.idleAtStartMs = idleMs;
    this.delays.reset();
  }
}

/** Share of a time in which the event loop was not idle, 0 to 1. */
export function utilizationOf(lengthMs: number, idleMs: number): number {
  if (lengthMs <= 0) return 0;
  // Node takes the two readings by different clocks.
  return Math.min(1, Math.max(0, 1 - idleMs / lengthMs));
}
