import type { CurrentLevels, LevelChange } from '@evernest/logging';

/** Whose levels: of the whole fleet or one worker. */
export interface LevelsOf {
  /** Null for all workers, those that start later too. */
  readonly pmId: number | null;
}

export type LogLevelChange = LevelChange & LevelsOf;

/** Back to what is configured: one context, or all of it. */
export interface LogLevelReset extends LevelsOf {
  readonly context?: string;
}

/** The workers that took it and those that did not answer. */
export interface LogLevelOutcome {
  readonly changed: readonly number[];
  readonly failed: readonly number[];
}

export interface WorkerLogLevels {
  readonly pmId: number;
  /** Null if it did not answer. */
  readonly levels: CurrentLevels | null;
}

/** The workers refuse what cannot be, such as a context that no logger can have. */
export class LogLevelRefusedError extends Error {
  override readonly name = 'LogLevelRefusedError';
}
