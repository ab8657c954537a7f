import type { FastifyInstance } from 'fastify';

/** How often connections that have fallen idle are looked for; it bounds how much longer than needed a stop takes. */
const SWEEP_INTERVAL_MS = 50;

/**
 * Lets the server close in bounded time: once it closes, every answer says `Connection: close`, connections are ended
 * as they fall idle, and what still runs after `drainTimeoutMs` is cut off.
 */
export function registerClosing(fastify: FastifyInstance, drainTimeoutMs: number): void {
  let isClosing = false;

  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (isClosing) reply.header('Connection', 'close');
    done(null, payload);
  });

  fastify.addHook('preClose', (done) => {
    isClosing = true;
    const { server } = fastify;
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_INTERVAL_MS);
    const deadline = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
    server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(deadline);
    });
    done();
  });
}
