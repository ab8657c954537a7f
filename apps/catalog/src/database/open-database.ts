import { Database, resolveDatabaseOptions } from '@evernest/database';
import type { Environment } from '../environment.js';
import type { CatalogSchema } from './schema.js';

/** The catalogue's database for a command that runs without Nest; the caller closes it. */
export function openDatabase(environment: Environment): Database<CatalogSchema> {
  return new Database<CatalogSchema>(resolveDatabaseOptions({ url: environment.databaseUrl }));
}
