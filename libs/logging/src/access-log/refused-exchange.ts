import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What is known of a request that Fastify refused before it made a request and a reply of it, such as `/%zz`: what Node
 * read. It has no id, no route and no duration.
 */
export function refusedExchange(response: ServerResponse): [FastifyRequest, FastifyReply] {
  const { req: raw, statusCode } = response;
  const request = {
    raw,
    method: raw.method,
    originalUrl: raw.url,
    headers: raw.headers,
    ip: raw.socket.remoteAddress,
    routeOptions: {},
  };
  const getHeader = (name: string) => response.getHeader(name);
  const reply = { raw: response, request, statusCode, getHeader };
  return [request as FastifyRequest, reply as unknown as FastifyReply];
}
