import { createLogger, type NestLogger } from '@evernest/logging';
import { currentRequestFields } from '@evernest/request-context';
import { logFolder, type Environment } from './environment.js';

/** Its lines stand among those of the workers, which have no such field. */
const ORIGIN = { service: 'supervisor' };

/** The supervisor's log, in the files of the workers. */
export function createSupervisorLogger(environment: Environment): NestLogger {
  const { log, mode } = environment;
  const form = mode === 'production' ? 'json' : 'pretty';
  return createLogger({
    levels: log.levels,
    ...(log.target.files && { folder: logFolder(environment) }),
    stdout: log.target.stdout ? form : 'nothing',
    ...(log.udp && { udp: log.udp }),
    context: () => ({ ...ORIGIN, ...currentRequestFields() }),
  });
}
