import type { ProcessState } from '../fleet/worker.js';

/** A worker's process as pm2 sees it. pm2 believes what it likes, so that only the worker itself can tell that it serves. */
export interface ManagedProcess {
  readonly pmId: number;
  readonly pid: number | null;
  readonly state: ProcessState;
  /** Whether pm2 waits for its first sign of life. pm2 forgets that it was to stop or remove such a process. */
  readonly isStarting: boolean;
  readonly restarts: number;
  readonly startedAtMs: number | null;
}

/** What the supervisor asks of pm2 and nothing else; abstract, so that Nest can inject it. */
export abstract class ProcessManager {
  /** The workers of the service, in the order of their numbers. @throws PM2UnavailableError */
  abstract list(): Promise<ManagedProcess[]>;

  /** Starts one more worker like the others, with a number of its own. Resolves when pm2 believes that it serves, or gave up waiting. */
  abstract add(): Promise<void>;

  /** Drains a worker, ends it and forgets it. */
  abstract remove(pmId: number): Promise<void>;

  /** Drains a worker and ends it; pm2 does not start it again. */
  abstract stop(pmId: number): Promise<void>;

  /** Starts a stopped worker. */
  abstract start(pmId: number): Promise<void>;

  /**
   * Starts the code that is on disk once, beside the fleet and on a free port of its own, so that no client can reach it.
   * @returns it; its `pmId` names its service door
   */
  abstract startCanary(): Promise<ManagedProcess>;

  /** The canary, if there is one, also of an earlier supervisor. */
  abstract canary(): Promise<ManagedProcess | undefined>;

  /** Ends the canary, if there is one. */
  abstract removeCanary(): Promise<void>;

  /** Calls back whenever a process of pm2 came or went, until the function that it returns is called. */
  abstract onChange(listener: () => void): () => void;

  /** Leaves pm2 and all its processes running. */
  abstract disconnect(): void;
}

/** There is no pm2, or it does not answer. */
export class Pm2UnavailableError extends Error {
  override readonly name = 'Pm2UnavailableError';
}
