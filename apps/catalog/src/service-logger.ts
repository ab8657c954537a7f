import { createLogger, type NestLogger } from '@evernest/logging';
import { currentRequestFields } from '@evernest/request-context';
import { logFolder, type Environment } from './environment.js';

/** The log of one worker: for machines in production, for people elsewhere, with the request in hand on each line. */
export function createServiceLogger(environment: Environment): NestLogger {
  const { log, mode, pmId } = environment;
  const form = mode === 'production' ? 'json' : 'pretty';
  return createLogger({
    levels: log.levels,
    ...(log.target.files && { folder: logFolder(environment) }),
    stdout: log.target.stdout ? form : 'nothing',
    ...(log.udp && { udp: log.udp }),
    ...(pmId !== null && { worker: pmId }),
    context: currentRequestFields,
  });
}
