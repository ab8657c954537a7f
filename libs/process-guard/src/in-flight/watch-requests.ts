import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface RequestWatch {
  /** Calls `next` such that it, and all that it starts, knows its request. */
  onBegin(reply: FastifyReply, next: () => void): void;
  /** The answer is out, or its client is gone. */
  onEnd(response: ServerResponse): void;
}

/** Tells of every request that is let in, from its headers to the end of its answer. */
export function watchRequests(fastify: FastifyInstance, watch: RequestWatch): void {
  // One function for all requests: a closure for each, or `once`, would cost a microsecond.
  function onClose(this: ServerResponse): void {
    watch.onEnd(this);
  }
  fastify.addHook('onRequest', (_request, reply, next) => {
    // Its client left during an earlier hook: there will be no end to be told of.
    if (reply.raw.destroyed) return next();
    reply.raw.on('close', onClose);
    watch.onBegin(reply, next);
  });
}
