import BetterSqlite3 from 'better-sqlite3';
import {
  DatabaseBusyError,
  DatabaseUnavailableError,
  ForeignKeyViolationError,
  UniqueViolationError,
} from '../errors.js';

const UNAVAILABLE = /^SQLITE_(CANTOPEN|IOERR|FULL|READONLY|NOTADB|CORRUPT|PERM|AUTH)/;

/** Gives a driver error its type; what it does not know it returns as it is. */
export function sqliteError(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const { code, message } = error;
  const options = { cause: error };
  if (isBusy(error)) return new DatabaseBusyError(message, options);
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new UniqueViolationError(message, message.replace(/^.*: /, ''), options);
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new ForeignKeyViolationError(message, options);
  if (UNAVAILABLE.test(code)) return new DatabaseUnavailableError(message, options);
  return error;
}

/** True when another process holds the lock that a statement needs. */
export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}
