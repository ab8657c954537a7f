import { Logger } from '@nestjs/common';
import { DatabaseBusyError, DatabaseUnavailableError } from '@evernest/database';
import { EnvironmentError } from '@evernest/environment';
import { failStart } from '@evernest/process-guard';
import { ServiceDoorError } from '@evernest/service-door';
import { guardFolder, loadEnvironment, parseEnvironment, type Environment } from './environment.js';
import { createServiceLogger } from './service-logger.js';

/** Ends a worker that could not start: says why on stderr, in the log and in last words. */
export async function failServiceStart(error: unknown): Promise<void> {
  const environment = readableEnvironment(error);
  const logger = createServiceLogger(environment);
  Logger.overrideLogger(logger);
  await failStart(error, {
    message: startFailure(error),
    folder: guardFolder(environment),
    pmId: environment.pmId,
    flushLogs: () => logger.flush(),
  });
}

/** What can be read of it, to say in the right places that it cannot be read. */
function readableEnvironment(error: unknown): Environment {
  if (error instanceof EnvironmentError) return error.environment;
  try {
    return loadEnvironment();
  } catch {
    return parseEnvironment({});
  }
}

/** Why it did not start, for a person. */
export function startFailure(error: unknown): string {
  return `Evernest cannot start: ${describe(error)}`;
}

/** One sentence for what a person can mend, the stack for what only a developer can. */
export function describe(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof DatabaseUnavailableError) {
    return `${error.message}. Check DATABASE_URL and STATE_DIR, and that the database runs.`;
  }
  if (error instanceof DatabaseBusyError) return `${error.message}. Another process is writing; try again.`;
  if (error instanceof ServiceDoorError) return `${error.message} Check SERVICE_DOOR and STATE_DIR.`;
  if (!(error instanceof Error)) return String(error);
  return describeSystemError(error) ?? error.stack ?? error.message;
}

function describeSystemError(
  error: NodeJS.ErrnoException & { address?: string; port?: number },
): string | undefined {
  const place = `port ${error.port} on ${error.address}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return `${place} is taken. Stop what uses it, or set PORT to another one.`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${error.address}. Set HOST to one of its own.`;
    case 'EACCES':
      return error.syscall === 'listen'
        ? `no right to listen on ${place}. Set PORT to one above 1023.`
        : undefined;
    default:
      return undefined;
  }
}
