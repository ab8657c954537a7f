import { createServer, type RequestListener, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { markThroughDoor } from './door-constraint.js';
import { tokenCheck } from './token-check.js';

/**
 * A second server over the routing of the first: what comes here meets the same hooks, routes and error handlers, but no
 * drain of the first server ends it.
 * @param token what callers must send; null asks for nothing
 */
export function createDoorServer(fastify: FastifyInstance, token: string | null): Server {
  const front = fastify.server;
  const server = createServer(doorListener(fastify, token));
  const { requestTimeout, headersTimeout, keepAliveTimeout, timeout } = front;
  Object.assign(server, { requestTimeout, headersTimeout, keepAliveTimeout, timeout });
  server.on('clientError', (error, socket) => front.emit('clientError', error, socket));
  return server;
}

function doorListener(fastify: FastifyInstance, token: string | null): RequestListener {
  const mayPass = token === null ? () => true : tokenCheck(token);
  return (request, response) => {
    if (!mayPass(request, response)) return;
    markThroughDoor(request);
    fastify.routing(request, response);
  };
}
