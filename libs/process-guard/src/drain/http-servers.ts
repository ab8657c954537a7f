import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Every server that Fastify listens with. For `localhost` it opens a second one, for the other IP version, to which
 * there is no public way.
 */
export function httpServersOf(fastify: FastifyInstance): Server[] {
  const bindings = Object.getOwnPropertySymbols(fastify).find(
    ({ description }) => description === 'fastify.serverBindings',
  );
  const others = bindings ? (fastify as unknown as Record<symbol, Server[]>)[bindings] : [];
  return [fastify.server, ...(others ?? [])].filter(({ listening }) => listening);
}
