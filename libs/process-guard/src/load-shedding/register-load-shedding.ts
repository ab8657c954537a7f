import { AsyncResource } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';
import { AdmissionQueue } from './admission-queue.js';
import type { LoadShedder } from './load-shedder.js';
import { answerOverloaded } from './overloaded.js';
import { pathMatcher } from './path-prefixes.js';

export interface LoadSheddingRegistration {
  readonly shedder: Pick<LoadShedder, 'shouldShed' | 'isBusy'>;
  /** How many requests are let in and not answered yet. */
  readonly inFlight: () => number;
  /** Paths that are served whatever the load, with all below them. @default ['/health'] */
  readonly neverShed?: readonly string[];
}

/**
 * Answers 503 to the requests that are too many, before anything is done for them. Call it on the root instance, before
 * the hook that counts requests in flight: one that is shed must not count as in flight, nor as completed.
 */
export function registerLoadShedding(
  fastify: FastifyInstance,
  { shedder, inFlight, neverShed = ['/health'] }: LoadSheddingRegistration,
): void {
  const isExempt = pathMatcher(neverShed);
  const queue = new AdmissionQueue();
  fastify.server.on('connection', () => queue.noteConnection());
  fastify.addHook('onRequest', (request, reply, next) => {
    if (isExempt(request.originalUrl)) {
      next();
    } else if (shedder.shouldShed(inFlight(), queue.length)) {
      queue.noteShed();
      answerOverloaded(request, reply);
    } else if (queue.length === 0 && !shedder.isBusy) {
      next();
    } else {
      queue.add(inThisContext(next), () => reply.raw.destroyed);
    }
  });
}

/** Whatever earlier hooks have put into the request's asynchronous context stays there; `bind` takes ten times as long. */
function inThisContext(next: () => void): () => void {
  const resource = new AsyncResource('LoadShedding');
  return () => resource.runInAsyncScope(next);
}
