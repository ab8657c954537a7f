import { DatabaseBusyError, DatabaseUnavailableError } from '@evernest/database';
import type { Problem } from '@evernest/process-guard';
import { REQUEST_PROBLEMS } from './http.problems.js';

/** Handed to the exception filter, which knows nothing of databases. */
export function databaseProblem(error: unknown): Problem | undefined {
  if (error instanceof DatabaseBusyError) {
    return REQUEST_PROBLEMS.DATABASE_BUSY({
      detail: 'Others kept the database busy for too long. Nothing was changed; try again.',
      headers: { 'Retry-After': '1' },
      cause: error,
    });
  }
  if (error instanceof DatabaseUnavailableError) {
    return REQUEST_PROBLEMS.DATABASE_UNAVAILABLE({
      detail: 'The database cannot be reached at the moment. Try again later.',
      headers: { 'Retry-After': '5' },
      cause: error,
    });
  }
  return undefined;
}
