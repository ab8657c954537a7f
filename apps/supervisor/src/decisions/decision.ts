import type { WorkerIdentity } from '../fleet/worker.js';

/**
 * What is done about a worker. By the supervisor: `replace` (a new one first, then the old one drains), `kill` (SIGKILL, pm2 starts it
 * again), `park` (a crash loop: it rests for a while), `try` (a parked one gets one start), `reload` (new code for the whole
 * fleet), `alarm` (nothing, loudly). By others: `restart`, when a worker ended without the supervisor's doing.
 */
export type DecisionAction = 'replace' | 'kill' | 'park' | 'try' | 'reload' | 'alarm' | 'restart';

/** How it went: `failed` changed nothing, or what it changed was undone; `interrupted` if a supervisor died meanwhile. */
export interface DecisionOutcome {
  readonly result: 'done' | 'failed' | 'interrupted';
  /** One sentence for a person. */
  readonly message: string;
}

/** Why something happened to a worker: one line of `decisions.ndjson`. Every end of a worker belongs to exactly one. */
export interface Decision {
  /** Unique, and later ones sort behind earlier ones. */
  readonly id: string;
  /** When it was taken, ISO 8601 in UTC. */
  readonly at: string;
  /** The worker that it is about; null if it is about the fleet. */
  readonly worker: WorkerIdentity | null;
  readonly action: DecisionAction;
  /** One sentence for a person. */
  readonly reason: string;
  /** What it rests on: the last answers, the last words. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Null while it is being carried out. */
  readonly outcome: DecisionOutcome | null;
  /** From the decision to its outcome; null while it is being carried out. */
  readonly durationMs: number | null;
}
