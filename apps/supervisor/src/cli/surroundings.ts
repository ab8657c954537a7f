import type { CliEnvironment } from './environment.js';

/** A stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything outside of the command line that it touches. */
export interface Surroundings {
  /** Results. */
  readonly stdout: OutputStream;
  /** Messages. */
  readonly stderr: OutputStream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Of the project. */
  readonly version: string;
  /** @throws EnvironmentError */
  readonly loadEnvironment: () => CliEnvironment;
  readonly timing: Timing;
}

export interface Timing {
  /** Between two scrapes, and between two looks of `--watch`. */
  readonly sampleMs: number;
  /** Until a dropped connection is tried again, or a decision is asked for again. */
  readonly retryMs: number;
  /** An answer that takes longer will not come. */
  readonly answerTimeoutMs: number;
  /** A stream of events that says nothing for so long is taken for dropped. */
  readonly silenceMs: number;
  /** How long a supervisor may be away while something is waited for: a restart takes seconds. */
  readonly patienceMs: number;
}

export const TIMING: Timing = Object.freeze({
  sampleMs: 1000,
  retryMs: 1000,
  answerTimeoutMs: 10_000,
  silenceMs: 30_000,
  patienceMs: 60_000,
});
