import { LoopWindows, type LoopWindow } from './loop-windows.js';
import { NODE_LOOP, type LoopReadings } from './loop-readings.js';

/** Often enough to see a stall of 150 ms, and 50 wake-ups a second cost 0.1 % of a core. */
const BEAT_INTERVAL_MS = 20;
/** A person notices a pause from 100 to 200 ms on; major collections of a middling heap stay below. */
const STALL_MS = 150;

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
  /** Called when a stall of more than 150 ms is over. */
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
  /** The last full second; all zero before the first is over. */
  readonly window: LoopWindow;
  /** Calls back with every beat, every 20 ms or as soon as the loop gets there. @returns the function that ends it */
  everyBeat(listener: () => void): () => void;
  stop(): void;
}

/** Starts to beat every 20 ms, without keeping the process alive. */
export function startLoopClock(options: LoopClockOptions = {}, loop: LoopReadings = NODE_LOOP): LoopClock {
  const { onBeat, onStall } = options;
  const windows = new LoopWindows(loop.nowMs(), loop.idleMs());
  const listeners = new Set<() => void>();
  let dueAtMs = loop.nowMs() + BEAT_INTERVAL_MS;
  let cpuMs = loop.cpuMs();

  const stop = loop.every(BEAT_INTERVAL_MS, () => {
    const nowMs = loop.nowMs();
    const lateMs = Math.max(0, nowMs - dueAtMs);
    const cpuBeforeMs = cpuMs;
    cpuMs = loop.cpuMs();
    dueAtMs = nowMs + BEAT_INTERVAL_MS;
    onBeat?.();
    windows.note(nowMs, lateMs, loop.idleMs());
    if (lateMs > STALL_MS) onStall?.({ stalledForMs: lateMs, cpuMs: cpuMs - cpuBeforeMs });
    for (const listener of listeners) listener();
  });

  return {
    lagMs: () => Math.max(0, loop.nowMs() - dueAtMs),
    nowMs: () => loop.nowMs(),
    idleMs: () => loop.idleMs(),
    get window() {
      return windows.last;
    },
    everyBeat(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      listeners.clear();
      stop();
    },
  };
}
