import { once } from 'node:events';
import type { Server, IncomingMessage, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { exchangeOf } from '../problem/exchange.js';
import { HTTP_PROBLEMS } from '../problem/http-problems.js';
import { sendProblem } from '../problem/send-problem.js';

/** Time for the answers that the deadline forces to reach those who read. */
const LAST_ANSWERS_MS = 200;

/** How a drain went. */
export interface DrainOutcome {
  readonly drainedInMs: number;
  /** Requests that the deadline ended: answered 503, or cut off in the middle of their answer. */
  readonly cutOff: number;
}

/**
 * Stops servers without losing a request: they take no new connections, and say `Connection: close` with every answer,
 * but connections that are idle stay, because a request may be under way on them. It is over once the last one is gone,
 * or at the deadline.
 *
 * @param inFlight the requests that are not answered yet
 */
export async function drainServers(
  servers: readonly Server[],
  inFlight: () => readonly FastifyReply[],
  timeoutMs: number,
): Promise<DrainOutcome> {
  const startedAt = performance.now();
  const closed = Promise.all(servers.map(stopAccepting));
  for (const { raw } of inFlight()) announceClose(raw.req, raw);

  const deadline = new AbortController();
  const inTime = await Promise.race([
    closed.then(() => true),
    delay(timeoutMs, false, { signal: deadline.signal }),
  ]).finally(() => deadline.abort());
  const cutOff = inTime ? 0 : await cutOffAll(servers, inFlight(), closed);
  return { drainedInMs: Math.round(performance.now() - startedAt), cutOff };
}

async function stopAccepting(server: Server): Promise<void> {
  server.prependListener('request', announceClose);
  const closed = once(server, 'close');
  // The close of an HTTP server ends idle connections, and with them the requests that are under way on them.
  TcpServer.prototype.close.call(server);
  await closed;
}

function announceClose(_request: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

async function cutOffAll(
  servers: readonly Server[],
  unanswered: readonly FastifyReply[],
  closed: Promise<unknown>,
): Promise<number> {
  for (const reply of unanswered) {
    sendProblem(
      HTTP_PROBLEMS.SERVICE_UNAVAILABLE({
        detail: 'The worker that handled the request had to stop before it was done. Send it again.',
        headers: { 'retry-after': '1' },
      }),
      exchangeOf(reply.request, reply),
    );
  }
  for (const server of servers) server.closeIdleConnections();
  await Promise.race([closed, delay(LAST_ANSWERS_MS)]);
  for (const server of servers) server.closeAllConnections();
  return unanswered.length;
}
