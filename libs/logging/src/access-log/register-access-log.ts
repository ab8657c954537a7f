import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AccessLog } from './access-log.js';
import type { AccessLogOptions } from './access-log-options.js';
import { QueuedAnswers } from './queued-answers.js';
import { refusedExchange } from './refused-exchange.js';

/**
 * Writes a line for every request of the server, once it is answered or its client has left. Call it on the root
 * instance before the routes are there. What Node cannot parse, and answers itself, is no request and has no line.
 * @throws Error if an option is wrong.
 */
export function registerAccessLog(fastify: FastifyInstance, options: AccessLogOptions): void {
  // Of this registration alone, as an application may keep several logs.
  const REPLY = Symbol('evernest.access-log.reply');
  const ANSWERED_AFTER_MS = Symbol('evernest.access-log.answered-after-ms');
  type Response = ServerResponse & {
    /** The reply whose line is due, null once it is written. */
    [REPLY]?: FastifyReply | null;
    [ANSWERED_AFTER_MS]?: number;
  };

  const log = new AccessLog(options, ({ raw, elapsedTime }) => {
    // A reply that a handler took over is known only when it is out.
    return (raw as Response)[ANSWERED_AFTER_MS] ?? (raw.headersSent ? elapsedTime : undefined);
  });
  const queued = new QueuedAnswers(logUnlessDone);

  function logUnlessDone(response: Response): void {
    const reply = response[REPLY];
    if (reply === null) return;
    response[REPLY] = null;
    if (reply) log.log(reply.request, reply);
    else log.log(...refusedExchange(response));
  }

  // One listener for all responses, which costs less than a closure for each.
  function onClose(this: Response): void {
    logUnlessDone(this);
  }

  fastify.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
    const response = reply.raw as Response;
    if (response[REPLY] === undefined) {
      response[REPLY] = reply;
      response.on('close', onClose);
      if (response.socket === null) queued.add(response, socket);
      // Node remembers an address only if it was asked for while the connection was there.
      void socket.remoteAddress;
    }
    done();
  });

  if (log.needsAnswerTime) {
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      (reply.raw as Response)[ANSWERED_AFTER_MS] = reply.elapsedTime;
      done();
    });
  }

  // For answers that went out whole, those of hooks before ours included.
  fastify.addHook('onResponse', (_request, reply, done) => {
    const response = reply.raw as Response;
    if (response[REPLY] === undefined) response[REPLY] = reply;
    logUnlessDone(response);
    done();
  });

  // After Fastify's own listener: by then, a request that is to have hooks has had the first of them.
  fastify.server.on('request', (_request, response: Response) => {
    if (response[REPLY] === undefined) response.on('close', onClose);
  });
}
