import { EnvironmentError } from '@evernest/environment';
import { NotAllowedError, NotReachableError, RefusedError } from './api/errors.js';
import { InterruptedError } from './commands/interrupted-error.js';
import { EXIT } from './exit-codes.js';

/** How a command that threw ends. */
export interface Failure {
  readonly exitCode: number;
  /** For stderr; null if there is nothing to say. */
  readonly message: string | null;
}

export function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof InterruptedError) return { exitCode: EXIT.interrupted, message: error.message };
  if (signal.aborted) return { exitCode: EXIT.interrupted, message: null };
  if (error instanceof RefusedError) {
    return { exitCode: EXIT.refusedOrFailed, message: `The supervisor refuses: ${error.message}` };
  }
  if (error instanceof EnvironmentError) return { exitCode: EXIT.wrongUsage, message: error.message };
  if (error instanceof NotReachableError) return { exitCode: EXIT.notReachable, message: error.message };
  if (error instanceof NotAllowedError) return { exitCode: EXIT.notAllowed, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: EXIT.refusedOrFailed, message: `This failed unexpectedly: ${message}` };
}
