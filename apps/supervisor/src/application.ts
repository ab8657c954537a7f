import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemServerOptions, registerProblemResponses } from '@evernest/process-guard';
import { registerRequestContext, requestIdFrom } from '@evernest/request-context';
import { AppModule } from './app.module.js';
import { serveApiDocs } from './http/api-docs.js';
import type { Environment } from './environment.js';
import { createSupervisorLogger } from './supervisor-logger.js';

const SIXTY_FOUR_KIBIBYTES = 64 * 1024;

/** The supervisor, ready to listen. */
export async function createApplication(environment: Environment): Promise<NestFastifyApplication> {
  const logger = createSupervisorLogger(environment);
  const adapter = new FastifyAdapter({
    ...problemServerOptions(),
    genReqId: requestIdFrom,
    bodyLimit: SIXTY_FOUR_KIBIBYTES,
    return503OnClosing: false,
  });
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  registerRequestContext(fastify);
  registerProblemResponses(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, logger),
    adapter,
    { logger, bodyParser: false, abortOnError: false },
  );
  serveApiDocs(app);
  return app;
}
