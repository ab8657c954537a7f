import type BetterSqlite3 from 'better-sqlite3';

/** More distinct texts than the queries of a service have; a bound in case some are generated. */
const MOST_STATEMENTS = 500;

/** Prepared statements of one connection, the least recently used dropped first. */
export class StatementCache {
  readonly #statements = new Map<string, BetterSqlite3.Statement>();

  constructor(private readonly connection: BetterSqlite3.Database) {}

  prepare(sql: string): BetterSqlite3.Statement {
    const known = this.#statements.get(sql);
    if (known) this.#statements.delete(sql);
    const statement = known ?? this.connection.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MOST_STATEMENTS) this.#dropOldest();
    return statement;
  }

  #dropOldest(): void {
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined) this.#statements.delete(oldest);
  }
}
