import { writeSync } from 'node:fs';
import { DatabaseBusyError, DatabaseUnavailableError } from '@evernest/database';
import { EnvironmentError } from './environment.js';

const STDERR = 2;

/** Says in one sentence why the start failed. Synchronous: the process exits right after. */
export function reportFailedStart(error: unknown): void {
  writeSync(STDERR, `Evernest cannot start: ${describe(error)}\n`);
}

/** One sentence for what a person can mend, the stack for what only a developer can. */
export function describe(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof DatabaseUnavailableError) {
    return `${error.message}. Check DATABASE_URL and STATE_DIR, and that the database runs.`;
  }
  if (error instanceof DatabaseBusyError) return `${error.message}. Another process is writing; try again.`;
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
