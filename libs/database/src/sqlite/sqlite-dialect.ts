import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type DialectAdapter,
  type Kysely,
} from 'kysely';
import type { SqliteDriver } from './sqlite-driver.js';

/** SQLite can roll a schema change back, and a migration in a transaction keeps other processes out. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's dialect for one SQLite file, through {@link SqliteDriver}. */
export class SqliteFileDialect implements Dialect {
  constructor(private readonly driver: SqliteDriver) {}

  createDriver(): SqliteDriver {
    return this.driver;
  }

  createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }

  createIntrospector(db: Kysely<never>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
}
