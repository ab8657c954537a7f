import { types } from 'node:util';
import pg from 'pg';
import {
  DatabaseBusyError,
  DatabaseUnavailableError,
  ForeignKeyViolationError,
  UniqueViolationError,
} from '../errors.js';

/** PostgreSQL's error codes (appendix A of its manual) that callers handle. */
const UNIQUE_VIOLATION = '23505';
const INVALID_STATEMENT_NAME = '26000';
const FOREIGN_KEY_VIOLATIONS = new Set(['23503', '23001']);
const BUSY = new Set(['40001', '40P01', '55P03']);
/** Connection, resource and operator classes, and a statement that took too long. */
const UNAVAILABLE = /^(08|53|57|58|28|3D)/;
const NETWORK = /^E[A-Z_]+$/;
const CONNECTION_LOST = /timeout|terminated|connection/i;

/** Gives a driver error its type; what it does not know it returns as it is. */
export function postgresError(error: unknown): unknown {
  if (!types.isNativeError(error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const options = { cause: error };
  if (error instanceof pg.DatabaseError && code === UNIQUE_VIOLATION) {
    return new UniqueViolationError(error.message, keyOf(error), options);
  }
  if (FOREIGN_KEY_VIOLATIONS.has(code)) return new ForeignKeyViolationError(error.message, options);
  if (BUSY.has(code) || isOutdatedStatement(error)) return new DatabaseBusyError(error.message, options);
  if (error instanceof pg.DatabaseError) {
    return UNAVAILABLE.test(code) ? new DatabaseUnavailableError(error.message, options) : error;
  }
  if (NETWORK.test(code) || CONNECTION_LOST.test(error.message)) {
    return new DatabaseUnavailableError(`PostgreSQL cannot be reached: ${error.message || code}`, options);
  }
  return error;
}

/**
 * Whether the text of a statement may run, and only what was prepared of it must not: a migration has changed the type of a
 * column since, or somebody has discarded what was prepared. Nothing was done then.
 */
export function isOutdatedStatement(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  // Its code is that of all features that are not supported.
  return error.code === INVALID_STATEMENT_NAME || error.routine === 'RevalidateCachedQuery';
}

/** PostgreSQL names the constraint of `books.isbn` `books_isbn_key`, and that of a primary key `books_pkey`. */
function keyOf({ table = '', constraint = '' }: pg.DatabaseError): string {
  return `${table}.${constraint.replace(`${table}_`, '').replace(/_key$/, '')}`;
}
