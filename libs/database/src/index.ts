export type { ConnectionCounts } from './connection-counts.js';
export type { DatabaseChanges } from './changes/database-changes.js';
export { POSTGRES_STALENESS_BOUND_MS } from './changes/postgres-changes.js';
export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { databaseTarget, resolveDatabaseOptions, type DatabaseOptions } from './database-options.js';
export {
  DatabaseBusyError,
  DatabaseError,
  DatabaseUnavailableError,
  ForeignKeyViolationError,
  UniqueViolationError,
} from './errors.js';
export { jsonObject } from './json-object.js';
export { migrateToLatest, pendingMigrations, type Migration, type Migrations } from './migrations.js';
export type { PreparedQuery } from './prepared-query.js';
export type { RecordColumns, SqlDialect } from './sql-dialect.js';
export { foldText, wordsOf } from './words.js';
