import { createLogger, type NestLogger } from '@evernest/logging';
import { currentRequest } from '@evernest/request-context';
import type { Environment } from './environment.js';

/** The log of one worker: for machines in production, for people elsewhere, with the request in hand on each line. */
export function createServiceLogger({ logLevel, mode }: Pick<Environment, 'logLevel' | 'mode'>): NestLogger {
  return createLogger({
    level: logLevel,
    format: mode === 'production' ? 'json' : 'pretty',
    context: () => ({ ...currentRequest() }),
  });
}
