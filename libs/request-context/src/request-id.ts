import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

// Long enough for a UUID or a trace id with a prefix, and nothing that could upset a log or a header.
const SANE_ID = /^[\w.:-]{1,128}$/;

/**
 * The caller's `X-Request-Id` if it is one value of 1 to 128 letters, digits and `_ . : -`, else a new UUID.
 * Meant for Fastify's `genReqId`.
 */
export function requestIdFrom(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}
