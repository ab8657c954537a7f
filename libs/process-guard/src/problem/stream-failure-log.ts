import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { exchangeOf } from './exchange.js';
import { logFailure } from './log-failure.js';

/** Fastify ends a stream that fails half-way by itself; all that can be done is to say why, in the guard's own log. */
export class StreamFailureLog extends LogController {
  override streamError(error: Error & { code?: string }, request: FastifyRequest, reply: FastifyReply): void {
    // The client went away, which is its right.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    logFailure(error, exchangeOf(request, reply), { code: 'ANSWER_CUT_OFF', status: reply.raw.statusCode });
  }
}
