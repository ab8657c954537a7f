import { Logger, type INestApplication } from '@nestjs/common';
import type { NestLogger } from '@evernest/logging';

/**
 * Closes HTTP, then what the modules hold, then the process: for SIGINT, SIGTERM and pm2's `shutdown` message alike.
 * @returns whether that has begun.
 */
export function stopOnSignals(app: INestApplication, log: NestLogger): () => boolean {
  const logger = new Logger('Stop');
  let stopping = false;

  const stop = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.log(`stopping: ${reason}`);
    await app.close();
    await log.flush();
    process.exit(0);
  };
  const stopOrFail = (reason: string) => {
    stop(reason).catch((error: unknown) => {
      logger.error('could not stop cleanly', error);
      void log.flush().then(() => process.exit(1));
    });
  };

  process.on('SIGINT', stopOrFail);
  process.on('SIGTERM', stopOrFail);
  process.on('message', (message) => {
    if (message === 'shutdown') stopOrFail('shutdown');
  });
  return () => stopping;
}
