import { Logger } from '@nestjs/common';
import { Database, migrateToLatest } from '@evernest/database';
import { createLogger } from '@evernest/logging';
import { currentRequest } from '@evernest/request-context';
import { createApplication } from './application.js';
import type { CatalogSchema } from './database/schema.js';
import { MIGRATIONS } from './database/migrations/index.js';
import { loadEnvironment } from './environment.js';
import { stopOnSignals } from './stop-on-signals.js';

/** Starts one worker: from its environment to the moment when traffic may come. @throws whatever prevents it. */
export async function start(): Promise<void> {
  const environment = loadEnvironment();
  const logger = createLogger({
    level: environment.logLevel,
    format: environment.mode === 'production' ? 'json' : 'pretty',
    context: () => ({ ...currentRequest() }),
  });
  const app = await createApplication(environment, logger);
  stopOnSignals(app, logger);
  await migrateToLatest(app.get(Database<CatalogSchema>), MIGRATIONS);
  await app.listen(environment.port, environment.host);
  new Logger('Start').log(`listening on ${await app.getUrl()}`);
  // pm2 sends no traffic to a worker with `wait_ready` before this message.
  process.send?.('ready');
}
