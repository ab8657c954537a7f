import BetterSqlite3 from 'better-sqlite3';
import type { QueryResult } from 'kysely';
import { StatementCache } from './statement-cache.js';

/** One open SQLite connection and its prepared statements. */
export class SqliteHandle {
  readonly #connection: BetterSqlite3.Database;
  readonly #statements: StatementCache;

  constructor(file: string, options: { readonly: boolean }) {
    // `timeout: 0`: SQLite would wait for a lock with the event loop standing still; see retry-while-busy.ts.
    this.#connection = new BetterSqlite3(file, { ...options, timeout: 0 });
    this.#statements = new StatementCache(this.#connection);
  }

  pragma(text: string): void {
    this.#connection.pragma(text);
  }

  get inTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  /** The rows of a statement that only reads; undefined for any other, which is not run. */
  read(sql: string, parameters: readonly unknown[]): unknown[] | undefined {
    const statement = this.#statements.prepare(sql);
    return statement.readonly ? statement.all(...parameters) : undefined;
  }

  isRead(sql: string): boolean {
    return this.#statements.prepare(sql).readonly;
  }

  run<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const statement = this.#statements.prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  close(): void {
    this.#connection.close();
  }
}
