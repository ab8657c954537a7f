import type { Decision } from './decisions/decision.js';
import type { Fleet } from './fleet/worker.js';
import type {
  LogLevelChange,
  LogLevelOutcome,
  LogLevelReset,
  WorkerLogLevels,
} from './log-levels/level-change.js';

/** What a person can see and ask for; the HTTP API is made of it. An abstract class, so that Nest can inject it. */
export abstract class Operations {
  /** As it was last seen, at most a second or two ago. */
  abstract fleet(): Fleet;

  /** How many workers there should be. */
  abstract readonly expectedWorkers: number;

  /** The newest 1000, oldest first; the last may be under way. */
  abstract decisions(): readonly Decision[];

  /** How many more ends of this worker the restart budget allows at this moment. */
  abstract budgetLeft(pmId: number): number;

  /**
   * Begins to replace a worker, new before old.
   * @returns the decision, under way
   * @throws UnknownWorkerError, ActionUnderWayError
   */
  abstract recycle(pmId: number): Decision;

  /**
   * Begins to roll out the code that is on disk: a canary first. Its progress is among the events.
   * @returns the decision, under way
   * @throws ActionUnderWayError
   */
  abstract reload(): Decision;

  /** What each worker logs, and until when. */
  abstract logLevels(): Promise<readonly WorkerLogLevels[]>;

  /** One for the whole fleet also holds for workers that start later. @throws UnknownWorkerError, LogLevelRefusedError */
  abstract setLogLevel(change: LogLevelChange): Promise<LogLevelOutcome>;

  /** Lets what is configured hold again. @throws UnknownWorkerError */
  abstract resetLogLevel(reset: LogLevelReset): Promise<LogLevelOutcome>;

  /** The metrics of each worker that answers, in Prometheus' text format, by its number. */
  abstract workerMetrics(): Promise<ReadonlyMap<number, string>>;
}

export class UnknownWorkerError extends Error {
  override readonly name = 'UnknownWorkerError';

  constructor(readonly pmId: number) {
    super(`there is no worker ${pmId}`);
  }
}

/** Only one thing is done to the fleet at a time. */
export class ActionUnderWayError extends Error {
  override readonly name = 'ActionUnderWayError';

  constructor(readonly underWay: Decision) {
    const { action, worker, id } = underWay;
    super(`decision ${id} is under way: ${action}${worker ? ` of worker ${worker.pmId}` : ''}`);
  }
}
