import type { Server, IncomingMessage, ServerResponse } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
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
  /** Connections that the deadline ended and on which nothing was asked. */
  readonly idleAtDeadline: number;
}

/** What is to be drained. */
export interface Drainable {
  readonly servers: readonly Server[];
  /** Those that are connected, upgraded ones included. */
  readonly sockets: Iterable<Socket>;
  /** The requests that are not answered yet, oldest first. */
  readonly unanswered: () => readonly FastifyReply[];
  /** Told at the deadline how many requests it ends. */
  readonly onCutOff: (count: number) => void;
}

/**
 * Stops servers without losing a request: they take no new connections, and say `Connection: close` with every answer,
 * but connections that are idle stay, because a request may be under way on them. It is over once the last one is gone,
 * or at the deadline.
 */
export async function drainServers(drainable: Drainable, timeoutMs: number): Promise<DrainOutcome> {
  const startedAt = performance.now();
  const closed = Promise.all(drainable.servers.map(stopAccepting));
  for (const { raw } of lastOfEachConnection(drainable.unanswered())) announceClose(raw.req, raw);

  const deadline = new AbortController();
  const inTime = await Promise.race([
    closed.then(() => true),
    delay(timeoutMs, false, { signal: deadline.signal }),
  ]).finally(() => deadline.abort());
  const cut = inTime ? { cutOff: 0, idleAtDeadline: 0 } : await cutOffAll(drainable, closed);
  return { drainedInMs: Math.round(performance.now() - startedAt), ...cut };
}

function stopAccepting(server: Server): Promise<void> {
  server.prependListener('request', announceClose);
  return new Promise((resolve) => {
    server.once('close', resolve);
    // The close of an HTTP server ends idle connections, and with them the requests that are under way on them.
    TcpServer.prototype.close.call(server);
  });
}

/** Node ends a connection with the answer that says so, and the pipelined requests behind it are lost. */
function lastOfEachConnection(replies: readonly FastifyReply[]): Iterable<FastifyReply> {
  return new Map(replies.map((reply) => [reply.request.socket, reply])).values();
}

function announceClose(_request: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

async function cutOffAll(
  { servers, sockets, unanswered, onCutOff }: Drainable,
  closed: Promise<unknown>,
): Promise<Pick<DrainOutcome, 'cutOff' | 'idleAtDeadline'>> {
  const replies = unanswered();
  const connections = [...sockets].length;
  onCutOff(replies.length);
  for (const reply of replies) answerUnavailable(reply);
  for (const server of servers) server.closeIdleConnections();
  await Promise.race([closed, delay(LAST_ANSWERS_MS)]);
  for (const socket of sockets) socket.destroy();
  return { cutOff: replies.length, idleAtDeadline: Math.max(0, connections - replies.length) };
}

function answerUnavailable(reply: FastifyReply): void {
  const problem = HTTP_PROBLEMS.SERVICE_UNAVAILABLE({
    detail: 'The worker that handled the request had to stop before it was done. Send it again.',
    headers: { 'retry-after': '1' },
  });
  try {
    sendProblem(problem, exchangeOf(reply.request, reply));
  } catch {
    reply.raw.destroy();
  }
}
