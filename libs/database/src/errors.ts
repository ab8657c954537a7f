/** What every error of this library is: its `message` may name tables and values, so it is for logs, not for clients. */
export abstract class DatabaseError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** A row with the same unique value exists already. */
export class UniqueViolationError extends DatabaseError {
  constructor(
    message: string,
    /** Which value, such as `books.isbn`: table and column. */
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A row refers to one that does not exist, or is still referred to by another. */
export class ForeignKeyViolationError extends DatabaseError {}

/** Others held the lock for longer than the deadline; the same call may succeed a moment later. */
export class DatabaseBusyError extends DatabaseError {}

/** The database cannot be reached, opened or written, or did not answer in time. */
export class DatabaseUnavailableError extends DatabaseError {}
