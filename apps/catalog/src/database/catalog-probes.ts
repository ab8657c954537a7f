import { pendingMigrations, type Database } from '@evernest/database';
import { ProbeFailure, type HealthProbe } from '@evernest/health';
import { MIGRATIONS } from './migrations/index.js';
import type { CatalogSchema } from './schema.js';

/** How long the database may take for a sign of life. */
const PING_TIMEOUT_MS = 1000;

export function databaseProbe(database: Database<CatalogSchema>): HealthProbe {
  return {
    name: 'database',
    check: async () => {
      await database.ping(PING_TIMEOUT_MS);
      return { dialect: database.dialect.name };
    },
  };
}

/** Once the schema is current it stays so: this code's own steps are never taken back. */
export function migrationsProbe(database: Database<CatalogSchema>): HealthProbe {
  let current = false;
  return {
    name: 'migrations',
    check: async () => {
      if (current) return;
      const pending = await pendingMigrations(database, MIGRATIONS);
      if (pending.length > 0) throw new ProbeFailure(`not yet migrated: ${pending.join(', ')}`);
      current = true;
    },
  };
}
