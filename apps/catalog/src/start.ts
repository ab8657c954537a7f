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
  const isStopping = stopOnSignals(app, logger);
  try {
    await migrateToLatest(app.get(Database<CatalogSchema>), MIGRATIONS);
    await app.listen(environment.port, environment.host);
  } catch (error) {
    // A stop closes the database under a start that is still under way; that is no failure.
    if (isStopping()) return;
    throw error;
  }
  new Logger('Start').log(`listening on ${await app.getUrl()}`);
  // pm2 sends no traffic to a worker with `wait_ready` before this message.
  process.send?.('ready');
}
