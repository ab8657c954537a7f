import compress from '@fastify/compress';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { constants } from 'node:zlib';
import { registerEntityTags } from '@evernest/conditional-requests';
import type { NestLogger } from '@evernest/logging';
import { problemServerOptions, registerProblemResponses } from '@evernest/process-guard';
import { passOnRequestContext, registerRequestContext, requestIdFrom } from '@evernest/request-context';
import { isServiceDoorRoute } from '@evernest/service-door';
import { AppModule } from './app.module.js';
import type { Environment } from './environment.js';
import { registerInputHygiene } from './http/input-hygiene.js';
import { registerJsonTexts } from './http/json-text.js';
import { registerSecurityHeaders } from './http/security-headers.js';
import { createValidationPipe } from './http/validation.pipe.js';
import { registerWriteTokens } from './http/write-tokens.js';
import { serveApiDocs } from './http/api-docs.js';

const ONE_MEBIBYTE = 1024 * 1024;
/** Node's own default, written down because a proxy in front must agree. */
const HEADER_LIMIT_BYTES = 16 * 1024;
/** A whole request, headers and body, must have arrived by then. */
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * And its headers by then, counted from when it connects: who connects ahead of a need, as browsers do, has to connect anew after this. If
 * this is the longer of the two, as Node's own 60 s are, Node takes each for the other.
 */
const HEADERS_TIMEOUT_MS = 15_000;
/** How often that is looked at. Node's own 30 s would let the slowest stay for a minute. */
const CONNECTIONS_LOOK_MS = 5_000;
/**
 * Over a connection with an unanswered request some byte must go in this time; server-sent events need a comment line more often.
 * A client that takes nothing may stay twice as long.
 */
const STALLED_TIMEOUT_MS = 30_000;
/** Longer than the 60 s of common load balancers, so that they and not we close an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** Below this, a compressed body is not smaller than the packet it travels in. */
const COMPRESSION_THRESHOLD_BYTES = 1024;

/** The catalogue service, ready to listen. */
export async function createApplication(
  environment: Environment,
  logger: NestLogger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...problemServerOptions(),
    genReqId: requestIdFrom,
    bodyLimit: ONE_MEBIBYTE,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: STALLED_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    http: {
      maxHeaderSize: HEADER_LIMIT_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CONNECTIONS_LOOK_MS,
    },
    // A 503 on a keep-alive connection would reach clients that a load balancer still sends here.
    return503OnClosing: false,
  });
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  registerRequestContext(fastify);
  fastify.addHook('onClose', passOnRequestContext());
  registerJsonTexts(fastify);
  registerProblemResponses(fastify, { isHidden: isServiceDoorRoute });
  registerInputHygiene(fastify);
  registerWriteTokens(fastify, {
    tokens: environment.writeTokens,
    openWithoutTokens: environment.mode !== 'production',
  });
  registerSecurityHeaders(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, logger),
    adapter,
    {
      logger,
      bodyParser: false,
      abortOnError: false,
    },
  );
  // After the hooks of the modules, which are to see answers as they were made.
  registerEntityTags(fastify);
  await fastify.register(compress, {
    threshold: COMPRESSION_THRESHOLD_BYTES,
    encodings: ['br', 'gzip'],
    // Brotli's own default of 11 is meant for files that are compressed once.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  app.useGlobalPipes(createValidationPipe());
  if (environment.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...environment.corsOrigins],
      exposedHeaders: ['ETag', 'Location', 'X-Request-Id'],
    });
  }
  serveApiDocs(app);
  return app;
}
