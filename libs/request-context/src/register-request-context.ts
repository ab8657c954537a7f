import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestStorage, type RequestContext } from './request-context.js';

/**
 * Gives every request its context, and every reply the header `X-Request-Id`.
 * Call it on the root instance before other hooks are added, so that these run inside the context too.
 */
export function registerRequestContext(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    // The rest of the request runs inside `done`; Fastify itself carries the context over the parsing of a body.
    requestStorage.run(contextOf(request), done);
  });
}

function contextOf(request: FastifyRequest): RequestContext {
  const path = request.url.split('?', 1)[0] ?? request.url;
  const context: RequestContext = { requestId: request.id, method: request.method, path };
  if (request.routeOptions.url !== undefined) context.route = request.routeOptions.url;
  return context;
}
