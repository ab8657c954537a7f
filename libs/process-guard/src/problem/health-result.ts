import { ServiceUnavailableException } from '@nestjs/common';

const KEYS = ['status', 'info', 'error', 'details'];

/**
 * The result inside a failed health check of Terminus, known by its shape so that no health module need be known.
 * Its body is a contract with probers of its own, and a failed probe every second is not an error every second.
 */
export function healthResultOf(error: unknown): object | undefined {
  if (!(error instanceof ServiceUnavailableException)) return undefined;
  const response = error.getResponse();
  return typeof response === 'object' && KEYS.every((key) => Object.hasOwn(response, key))
    ? response
    : undefined;
}
