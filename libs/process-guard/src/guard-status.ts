import type { MemoryReading } from './memory-watchdog/memory-watchdog.js';

/** How a worker is: `strained` takes on less at a time or turns some away, `recycle` asks to be replaced, `draining` leaves. */
export type GuardVerdict = 'healthy' | 'strained' | 'recycle' | 'draining';

/** What health tells of the worker, under `details.guard`. */
export interface GuardStatus extends MemoryReading {
  readonly bootId: string;
  readonly pid: number;
  readonly verdict: GuardVerdict;
  /** Why it is not healthy, for a person; null if it is. */
  readonly reason: string | null;
  /** Share of the last second that the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** 99th percentile of the delay of timers in the last second. */
  readonly eventLoopDelayP99Ms: number;
  /** Requests that are begun and not answered yet, this one included. */
  readonly inFlight: number;
  readonly uptimeSeconds: number;
}
