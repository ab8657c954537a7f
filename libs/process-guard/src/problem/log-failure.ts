import { Logger } from '@nestjs/common';
import { isError } from '../thrown.js';
import type { Exchange } from './exchange.js';

const logger = new Logger('ProcessGuard');

/** The one line in the log of a request that we failed: which request, which route, and the error with its causes. */
export function logFailure(
  thrown: unknown,
  { requestId, method, route, path }: Exchange,
  { code, status }: { readonly code: string; readonly status: number },
): void {
  const error = isError(thrown) ? thrown : new Error('what was thrown is not an Error', { cause: thrown });
  const message = `${method} ${route ?? path} was answered ${status} ${code}: ${error.message}`;
  logger.error({ message, code, status, requestId, method, route, error });
}
