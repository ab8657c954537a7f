import type { OnApplicationShutdown } from '@nestjs/common';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { ConnectionCounts } from './connection-counts.js';
import { databaseTarget, type DatabaseOptions } from './database-options.js';
import { DatabaseBusyError, DatabaseUnavailableError } from './errors.js';
import { createPostgresPool, type CountedPool } from './postgres/postgres-pool.js';
import { postgresSql } from './postgres/postgres-sql.js';
import type { SqlDialect } from './sql-dialect.js';
import { SqliteFileDialect } from './sqlite/sqlite-dialect.js';
import { sqliteSql } from './sqlite/sqlite-sql.js';

/** Deadlocks that follow each other this often are no accident. */
const MOST_ATTEMPTS = 5;

/** One database, SQLite or PostgreSQL, opened at its first query and closed after the HTTP server. */
export class Database<Schema = unknown> implements OnApplicationShutdown {
  /** For reads and single statements; several writes that belong together go through {@link transaction}. */
  readonly db: Kysely<Schema>;
  readonly dialect: SqlDialect;
  #pool: CountedPool | undefined;

  constructor(options: DatabaseOptions) {
    const target = databaseTarget(options.url);
    if (target.kind === 'sqlite') {
      this.dialect = sqliteSql;
      this.db = new Kysely({ dialect: new SqliteFileDialect(target.file, options.busyTimeoutMs) });
    } else {
      this.dialect = postgresSql;
      this.db = new Kysely({
        dialect: new PostgresDialect({ pool: async () => (this.#pool = createPostgresPool(options)) }),
      });
    }
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

  async close(): Promise<void> {
    await this.db.destroy();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
