import { Logger } from '@nestjs/common';
import { createApplication } from './application.js';
import { loadEnvironment } from './environment.js';

/**
 * Starts the supervisor.
 * @param onGuarded called once the process guard takes care of errors that nobody catches
 * @throws whatever prevents it.
 */
export async function start({ onGuarded }: { readonly onGuarded: () => void }): Promise<void> {
  const environment = loadEnvironment();
  const app = await createApplication(environment);
  onGuarded();
  leaveWithPm2();
  await app.listen(environment.port, environment.host);
  new Logger('Start').log(`supervising ${environment.workers} workers, listening on ${await app.getUrl()}`);
  process.send?.('ready');
}

/** A supervisor whose pm2 was killed would work against the one that the next pm2 starts. */
function leaveWithPm2(): void {
  if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
