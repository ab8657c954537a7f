import { Logger } from '@nestjs/common';
import { Database, migrateToLatest } from '@evernest/database';
import { ServiceDoor } from '@evernest/service-door';
import { createApplication } from './application.js';
import type { CatalogSchema } from './database/schema.js';
import { MIGRATIONS } from './database/migrations/index.js';
import { loadEnvironment } from './environment.js';
import { createServiceLogger } from './service-logger.js';

/**
 * Starts one worker: from its environment to the moment when traffic may come.
 * @param onGuarded called once the process guard takes care of errors that nobody catches
 * @throws whatever prevents it.
 */
export async function start({ onGuarded }: { readonly onGuarded: () => void }): Promise<void> {
  const environment = loadEnvironment();
  const app = await createApplication(environment, createServiceLogger(environment));
  onGuarded();
  await migrateToLatest(app.get(Database<CatalogSchema>), MIGRATIONS);
  await app.listen(environment.port, environment.host);
  await app.get(ServiceDoor).opened;
  new Logger('Start').log(`listening on ${await app.getUrl()}`);
  // pm2 sends no traffic to a worker with `wait_ready` before this message.
  process.send?.('ready');
}
