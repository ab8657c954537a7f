import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestOfLastWords } from '../last-words/last-words.js';

/** Which request it is, as logs and last words name it. */
export function describeRequest(request: FastifyRequest): RequestOfLastWords {
  return { id: idOf(request), method: request.method, route: routeOf(request) };
}

/** The same for a reply, if there is one. */
export function describeRequestOf(reply: FastifyReply | undefined): RequestOfLastWords | undefined {
  return reply && describeRequest(reply.request);
}

/** The pattern of its route; its path, without the query, if none matched. */
export function routeOf({ originalUrl, routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? originalUrl.split(/[?#]/, 1)[0] ?? originalUrl;
}

/** A `genReqId` may return numbers, whatever the types say. */
export function idOf(request: FastifyRequest): string {
  const id: unknown = request.id;
  return String(id);
}
