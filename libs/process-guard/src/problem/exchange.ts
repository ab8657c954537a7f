import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request and its answer, as much of them as an error needs. */
export interface Exchange {
  readonly requestId: string;
  readonly method: string;
  /** Without the query, which may hold what does not belong in a log. */
  readonly path: string;
  /** The pattern of the route, such as `/books/:id`; undefined if there is none. */
  readonly route: string | undefined;
  /** The response as Node knows it. */
  readonly response: ServerResponse;
  /** Whether it is too late for another answer. */
  readonly isAnswered: boolean;
  send(status: number, headers: Readonly<Record<string, string>>, body: string): void;
}

/** Nest's middleware, unlike everything else, gets Node's request, on which middie leaves Fastify's id and URL. */
type MiddlewareRequest = IncomingMessage & { readonly id?: string; readonly originalUrl?: string };

/** They described the answer that is not going to be given. */
const STALE_HEADERS = [
  'content-length',
  'content-encoding',
  'content-disposition',
  'content-range',
  'etag',
  'last-modified',
];

export function exchangeOf(
  request: FastifyRequest | MiddlewareRequest,
  response: FastifyReply | ServerResponse,
): Exchange {
  return 'raw' in request
    ? fastifyExchange(request, response as FastifyReply)
    : middlewareExchange(request, response as ServerResponse);
}

function fastifyExchange(request: FastifyRequest, reply: FastifyReply): Exchange {
  return {
    requestId: request.id,
    method: request.method,
    path: pathOf(request.originalUrl),
    route: request.is404 ? undefined : request.routeOptions.url,
    response: reply.raw,
    isAnswered: reply.sent || reply.raw.headersSent,
    send(status, headers, body) {
      for (const name of STALE_HEADERS) reply.removeHeader(name);
      void reply.code(status).headers(headers).send(body);
    },
  };
}

function middlewareExchange(request: MiddlewareRequest, response: ServerResponse): Exchange {
  return {
    requestId: request.id ?? randomUUID(),
    method: request.method ?? 'GET',
    path: pathOf(request.originalUrl ?? request.url ?? '/'),
    route: undefined,
    response,
    isAnswered: response.headersSent,
    send(status, headers, body) {
      for (const name of STALE_HEADERS) response.removeHeader(name);
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
  };
}

function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
