import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestOfLastWords } from '../last-words/last-words.js';

/** Which request it is, as logs and last words name it. */
export function describeRequest({
  id,
  method,
  originalUrl,
  routeOptions,
}: FastifyRequest): RequestOfLastWords {
  return { id, method, route: routeOptions.url ?? originalUrl.split(/[?#]/, 1)[0] ?? originalUrl };
}

/** The same for a reply, if there is one. */
export function describeRequestOf(reply: FastifyReply | undefined): RequestOfLastWords | undefined {
  return reply && describeRequest(reply.request);
}
