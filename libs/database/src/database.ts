import type { OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect, sql, type Compilable, type CompiledQuery, type Transaction } from 'kysely';
import type { DatabaseChanges } from './changes/database-changes.js';
import { PostgresChanges } from './changes/postgres-changes.js';
import { SqliteChanges } from './changes/sqlite-changes.js';
import type { ConnectionCounts } from './connection-counts.js';
import { databaseTarget, type DatabaseOptions } from './database-options.js';
import { DatabaseBusyError, DatabaseUnavailableError } from './errors.js';
import type { CountedPool } from './postgres/postgres-pool.js';
import { postgresSql } from './postgres/postgres-sql.js';
import { StatementNames } from './postgres/statement-names.js';
import { PreparedQuery, type PreparedValues } from './prepared-query.js';
import type { SqlDialect } from './sql-dialect.js';
import { SqliteFileDialect } from './sqlite/sqlite-dialect.js';
import { SqliteDriver } from './sqlite/sqlite-driver.js';
import { sqliteSql } from './sqlite/sqlite-sql.js';

/** Deadlocks that follow each other this often are no accident. */
const MOST_ATTEMPTS = 5;

/** One database, SQLite or PostgreSQL, opened at its first query and closed after the HTTP server. */
export class Database<Schema = unknown> implements OnApplicationShutdown {
  /** For reads and single statements; several writes that belong together go through {@link transaction}. */
  readonly db: Kysely<Schema>;
  readonly dialect: SqlDialect;
  readonly #sqlite: SqliteDriver | undefined;
  readonly #createChanges: () => DatabaseChanges;
  #changes: DatabaseChanges | undefined;
  readonly #statementNames = new StatementNames();
  #pool: CountedPool | undefined;

  constructor(options: DatabaseOptions) {
    const target = databaseTarget(options.url);
    if (target.kind === 'sqlite') {
      this.dialect = sqliteSql;
      this.#createChanges = () => new SqliteChanges(target.file);
      this.#sqlite = new SqliteDriver(target.file, options.busyTimeoutMs);
      this.db = new Kysely({ dialect: new SqliteFileDialect(this.#sqlite) });
    } else {
      this.dialect = postgresSql;
      this.#createChanges = () => new PostgresChanges(target.url);
      this.db = new Kysely({
        dialect: new PostgresDialect({
          pool: async () => {
            // Loaded only now: with SQLite, its 30 ms of a start and 5 MB would be for nothing.
            const { createPostgresPool } = await import('./postgres/postgres-pool.js');
            return (this.#pool = createPostgresPool(options, this.#statementNames, () =>
              this.#changes?.noteOwnCommit(),
            ));
          },
        }),
      });
    }
  }

  /**
   * A query that is built and compiled once for all its runs. `build` gets stand-ins for the values; see
   * {@link PreparedQuery} for what it may do with them.
   */
  prepare<Values extends PreparedValues<Values>, Row>(
    build: (db: Kysely<Schema>, values: Values) => Compilable<Row>,
  ): PreparedQuery<Schema, Values, Row> {
    return new PreparedQuery(
      (db, query) => this.#run(db, query),
      (values) => build(this.db, values),
    );
  }

  /**
   * All of `work` or nothing of it. On PostgreSQL, `work` is run again when it was chosen to resolve a deadlock, so
   * it must do nothing but queries. @throws DatabaseBusyError when others hold the database for too long.
   */
  async transaction<Result>(work: (db: Transaction<Schema>) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.db.transaction().execute(work);
      } catch (error) {
        const isPassing = error instanceof DatabaseBusyError && this.dialect.name === 'postgres';
        if (!isPassing || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  /** SQLite counts as one connection, which nobody waits for; PostgreSQL has none before its first query. */
  get connections(): ConnectionCounts {
    if (this.dialect.name === 'sqlite') return { used: 0, idle: 1, waiting: 0 };
    return this.#pool?.counts() ?? { used: 0, idle: 0, waiting: 0 };
  }

  /** Asks the database for a sign of life. @throws DatabaseUnavailableError after `timeoutMs`. */
  async ping(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DatabaseUnavailableError(`the database did not answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
    });
    try {
      await Promise.race([sql`select 1`.execute(this.db), deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  #run<Row>(db: Kysely<Schema>, query: CompiledQuery<Row>): Row[] | Promise<Row[]> {
    if (!this.#sqlite) this.#statementNames.add(query.sql);
    const rows = db.isTransaction ? undefined : this.#sqlite?.runAtOnce(query);
    return rows ?? db.executeQuery(query).then((result) => result.rows);
  }

  /** Whether anything was committed, by whatever process; watched from the first call on, by a connection of its own. */
  watchChanges(): Pick<DatabaseChanges, 'version'> {
    return (this.#changes ??= this.#createChanges());
  }

  async close(): Promise<void> {
    await this.#changes?.stop();
    await this.db.destroy();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
