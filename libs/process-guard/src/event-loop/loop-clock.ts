import { LoopWindows, type LoopWindow } from './loop-windows.js';
import { NODE_LOOP, type LoopReadings } from './loop-readings.js';

/** Often enough to judge the load by, five times in a tenth of a second. */
const BEAT_INTERVAL_MS = 20;
/** On a virtual machine each wake-up of a process that rests costs 0.1 ms, so that beats of 20 ms take 0.5 % of a core. */
const RESTING_BEAT_INTERVAL_MS = 50;
/** A process that is busy for less of a second rests. */
const BUSY_SHARE = 0.1;
/**
 * A beat that is so late tells of a stall: of all from 150 ms on, of which up to 50 fall into the interval, and of some that are shorter.
 * A person notices a pause from 100 to 200 ms on.
 */
export const STALL_MS = 100;

const NO_WINDOW: LoopWindow = Object.freeze({ utilization: 0, delayP99Ms: 0 });

/** A time in which the event loop did not turn. */
export interface Stall {
  /** How late the beat was that ended it. */
  readonly stalledForMs: number;
  /**
   * Processor time that all threads of the process used meanwhile. Far less than `stalledForMs` means that nothing
   * was computed: the process was suspended, or the main thread waited in a system call.
   */
  readonly cpuMs: number;
}

export interface LoopClockOptions {
  /** Called with every beat, before anything else that hangs on it. */
  readonly onBeat?: () => void;
  /** Called when a stall of 150 ms or more is over. */
  readonly onStall?: (stall: Stall) => void;
}

/** The one timer by which the guard notices how the event loop is. */
export interface LoopClock {
  /** How late the event loop is at this moment; also true in the middle of a long turn. */
  lagMs(): number;
  /** Time on the clock's own, monotonic scale. */
  nowMs(): number;
  /** How long the loop has been idle since the process started. */
  idleMs(): number;
  /** The processor time that all threads of the process had used at the latest beat. */
  cpuMs(): number;
  /** The last full second; all zero before the first is over. */
  readonly window: LoopWindow;
  /** Calls back with every beat, every 20 ms, or 50 while the process rests, or as soon as the loop gets there. @returns the function that ends it */
  everyBeat(listener: () => void): () => void;
  stop(): void;
}

/** Starts to beat, without keeping the process alive. */
export function startLoopClock(options: LoopClockOptions = {}, loop: LoopReadings = NODE_LOOP): LoopClock {
  const { onBeat, onStall } = options;
  const windows = new LoopWindows(loop.nowMs(), loop.idleMs());
  const listeners = new Set<() => void>();
  let intervalMs = BEAT_INTERVAL_MS;
  let dueAtMs = loop.nowMs() + intervalMs;
  let cpuMs = loop.cpuMs();
  let stopBeating = loop.every(intervalMs, beat);

  function beat(): void {
    const nowMs = loop.nowMs();
    const lateMs = Math.max(0, nowMs - dueAtMs);
    const cpuBeforeMs = cpuMs;
    cpuMs = loop.cpuMs();
    onBeat?.();
    windows.note(nowMs, lateMs, loop.idleMs());
    beatEvery(suitableIntervalMs(lateMs, windows.last));
    dueAtMs = nowMs + intervalMs;
    if (lateMs > STALL_MS) onStall?.({ stalledForMs: lateMs, cpuMs: cpuMs - cpuBeforeMs });
    for (const listener of listeners) listener();
  }

  function beatEvery(otherIntervalMs: number): void {
    if (otherIntervalMs === intervalMs) return;
    intervalMs = otherIntervalMs;
    stopBeating();
    stopBeating = loop.every(intervalMs, beat);
  }

  return {
    lagMs: () => Math.max(0, loop.nowMs() - dueAtMs),
    nowMs: () => loop.nowMs(),
    idleMs: () => loop.idleMs(),
    cpuMs: () => cpuMs,
    get window() {
      return windows.last ?? NO_WINDOW;
    },
    everyBeat(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      listeners.clear();
      stopBeating();
    },
  };
}

/** A late beat is the first sign that the process does not rest any more. */
function suitableIntervalMs(lateMs: number, window: LoopWindow | undefined): number {
  const rests = window !== undefined && window.utilization < BUSY_SHARE && lateMs < BEAT_INTERVAL_MS;
  return rests ? RESTING_BEAT_INTERVAL_MS : BEAT_INTERVAL_MS;
}
