import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './answer-error.js';
import { answerClientError } from './client-error.js';
import { exchangeOf } from './exchange.js';
import { StreamFailureLog } from './stream-failure-log.js';

/**
 * Options for Fastify's constructor, by which requests that never reach a route are answered with problems too: URLs
 * that cannot be decoded, headers that overflow, bytes that are not HTTP, requests that do not arrive in time. A stream
 * that fails half-way, which leaves nothing to answer, gets its line in the log.
 *
 * @example new FastifyAdapter({ ...problemServerOptions(), bodyLimit: 1_048_576 })
 */
export function problemServerOptions() {
  return {
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
      answerError(error, exchangeOf(request, reply), () => undefined);
    },
    clientErrorHandler: answerClientError,
    logController: new StreamFailureLog(),
  };
}
