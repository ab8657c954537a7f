import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { EnvironmentError } from '@evernest/environment';
import { failStart } from '@evernest/process-guard';
import { loadEnvironment, parseEnvironment, supervisorFolder, type Environment } from './environment.js';
import { createSupervisorLogger } from './supervisor-logger.js';

/** Ends a supervisor that could not start: says why on stderr, in the log and in last words. */
export async function failSupervisorStart(error: unknown): Promise<void> {
  const environment = readableEnvironment(error);
  const logger = createSupervisorLogger(environment);
  Logger.overrideLogger(logger);
  await failStart(error, {
    message: `The supervisor cannot start: ${describe(error)}`,
    folder: join(supervisorFolder(environment), 'guard'),
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

function describe(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${address} is taken. Stop what uses it, or set OPS_PORT to another one.`;
  }
  if (code === 'EADDRNOTAVAIL') {
    return `this machine has no address ${address}. Set OPS_HOST to one of its own.`;
  }
  return error.stack ?? error.message;
}
