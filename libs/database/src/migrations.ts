import { Migrator, sql, type Kysely } from 'kysely';
import type { Database } from './database.js';
import type { SqlDialect } from './sql-dialect.js';

/** One step of the schema, written once for both databases. */
export interface Migration {
  readonly up: (db: Kysely<unknown>, dialect: SqlDialect) => Promise<void>;
}

/** All steps by name; they run in the order of their names. */
export type Migrations = Readonly<Record<string, Migration>>;

/** The names of the steps that this database still lacks. */
export async function pendingMigrations<Schema>(
  database: Database<Schema>,
  migrations: Migrations,
): Promise<string[]> {
  const migrator = await createMigrator(database, migrations);
  const steps = await migrator.getMigrations();
  return steps.filter((step) => !step.executedAt).map((step) => step.name);
}

/**
 * Brings the schema up to date, once, however many processes call it together.
 * A database that is ahead of this code (a newer release ran, this one came back) is left as it is.
 * @returns the names of the steps that this call carried out.
 */
export async function migrateToLatest<Schema>(
  database: Database<Schema>,
  migrations: Migrations,
): Promise<string[]> {
  if ((await pendingMigrations(database, migrations)).length === 0) return [];
  const migrator = await createMigrator(database, migrations);
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  return results.map((result) => result.migrationName);
}

async function createMigrator<Schema>(database: Database<Schema>, migrations: Migrations): Promise<Migrator> {
  const { db, dialect } = database;
  const steps = Object.fromEntries(
    Object.entries(migrations).map(([name, { up }]) => [
      name,
      {
        up: async (tx: Kysely<unknown>) => {
          await up(tx, dialect);
          await dialect.announceChanges(tx);
        },
      },
    ]),
  );
  return new Migrator({
    db,
    provider: { getMigrations: async () => steps },
    migrationTableSchema: dialect.name === 'postgres' ? await currentSchema(db) : undefined,
  });
}

/** Kysely looks for its tables in all schemas unless told which one; two services may share a database. */
async function currentSchema<Schema>(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema ?? 'public';
}
