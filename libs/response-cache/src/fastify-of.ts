import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** The server of the application. @throws Error if it is of another kind. */
export function fastifyOf({ httpAdapter }: HttpAdapterHost): FastifyInstance {
  if (httpAdapter?.getType() !== 'fastify') {
    throw new Error(
      'ResponseCacheModule needs an HTTP application on Fastify: NestFactory.create(…, new FastifyAdapter())',
    );
  }
  return httpAdapter.getInstance<FastifyInstance>();
}
