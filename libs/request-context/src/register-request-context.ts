import type { FastifyInstance } from 'fastify';
import { bindEvents } from './bind-events.js';
import { RequestContext, requestStorage } from './request-context.js';

/**
 * Gives every request its context, and every reply the header `X-Request-Id`.
 * Call it on the root instance before other hooks are added, so that these run inside the context too.
 */
export function registerRequestContext(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const context = new RequestContext(request);
    reply.header('X-Request-Id', request.id);
    bindEvents(request.raw, context);
    bindEvents(reply.raw, context);
    // The rest of the request runs inside `done`.
    requestStorage.run(context, done);
  });
}
