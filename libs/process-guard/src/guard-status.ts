/**
 * How a worker is: `strained` sheds load, `recycle` asks to be replaced, `draining` leaves.
 */
export type GuardVerdict = 'healthy' | 'strained' | 'recycle' | 'draining';

/** What health tells of the worker, under `details.guard`. */
export interface GuardStatus {
  readonly bootId: string;
  readonly pid: number;
  readonly verdict: GuardVerdict;
  /** Why it is not healthy, for a person; null if it is. */
  readonly reason: string | null;
  readonly rssBytes: number;
  /** The resident set at which the worker is recycled. */
  readonly rssLimitBytes: number;
  readonly heapUsedBytes: number;
  readonly heapLimitBytes: number;
  /** What the heap held after its latest major collection; null before the first. */
  readonly heapFloorBytes: number | null;
  /** How fast the floor rises; null while too little is known. */
  readonly heapFloorSlopeBytesPerMinute: number | null;
  /** Share of the last second that the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** 99th percentile of the delay of timers in the last second. */
  readonly eventLoopDelayP99Ms: number;
  /** Requests that are not answered yet, this one included. */
  readonly inFlight: number;
  readonly uptimeSeconds: number;
}
