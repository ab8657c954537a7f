export type { ConnectionCounts } from './connection-counts.js';
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
export { migrateToLatest, pendingMigrations, type Migration, type Migrations } from './migrations.js';
export type { RecordColumns, SqlDialect } from './sql-dialect.js';
export { foldText, wordsOf } from './words.js';
