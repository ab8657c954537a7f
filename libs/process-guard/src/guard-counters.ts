/** What the guard has done to requests since the process started. Each only rises. */
export interface GuardCounters {
  /** Answered 503 because the worker had too much to do. */
  readonly shedRequests: number;
  /** Answered after the worker began to leave. */
  readonly drainedRequests: number;
  /** Ended by the deadline of the drain: answered 503, or cut off in the middle of their answer. */
  readonly cutOffRequests: number;
}
