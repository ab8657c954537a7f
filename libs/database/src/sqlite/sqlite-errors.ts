import {
  DatabaseBusyError,
  DatabaseUnavailableError,
  ForeignKeyViolationError,
  UniqueViolationError,
} from '../errors.js';

const UNAVAILABLE = /^SQLITE_(CANTOPEN|IOERR|FULL|READONLY|NOTADB|CORRUPT|PERM|AUTH)/;

/** Gives a driver error its type; what it does not know it returns as it is. */
export function sqliteError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
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
  return isSqliteError(error) && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

/** By name: the native addon keeps the error class of whoever loaded it first, which `instanceof` would miss. */
function isSqliteError(error: unknown): error is { readonly code: string; readonly message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    'name' in error &&
    error.name === 'SqliteError'
  );
}
