import type { GuardStatus } from '@evernest/process-guard';

/**
 * Where a worker's process is, by pm2: `online` also while it starts, hangs, or is between two starts, `stopping` while it drains,
 * `crashed` when pm2 has given it up, `stopped` on purpose.
 */
export type ProcessState = 'online' | 'stopping' | 'crashed' | 'stopped';

/** One start of one worker, as decisions name it. */
export interface WorkerIdentity {
  /** pm2's number of the worker. */
  readonly pmId: number;
  /** Null while there is no process. */
  readonly pid: number | null;
  /** From the worker's own answers; null before the first one. */
  readonly bootId: string | null;
}

/** What is known of one worker at one moment. */
export interface Worker extends WorkerIdentity {
  readonly state: ProcessState;
  /** How often pm2 has started it again. */
  readonly restarts: number;
  /** When this process was started, by the clock on the wall; null while there is none. */
  readonly startedAtMs: number | null;
  /**
   * How long this process has run, whatever the clock on the wall was set to since it was first seen. Time in which the supervisor
   * itself did not run does not count. Null while there is none.
   */
  readonly ageMs: number | null;
  /** Whether its latest answer, from this second, said that traffic may come. */
  readonly isReady: boolean;
  /**
   * For how long it has answered nothing although it could: since its last answer, or since it was first seen. Time in which the
   * supervisor itself did not run does not count. 0 as long as it answers, and while it has no process.
   */
  readonly silentForMs: number;
  /** What it last said of itself; null if it never answered. */
  readonly guard: GuardStatus | null;
}

/** All workers of the service, in the order of their numbers. */
export interface Fleet {
  /** When this was seen, by the clock on the wall. */
  readonly atMs: number;
  readonly workers: readonly Worker[];
}
