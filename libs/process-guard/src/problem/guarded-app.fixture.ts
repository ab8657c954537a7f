import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import {
  Body,
  Controller,
  Get,
  Header,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Res,
  ServiceUnavailableException,
  StreamableFile,
  type LoggerService,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { GUARD_LIMITS } from '../process-guard-options.js';
import { ProcessGuardModule } from '../process-guard.module.js';
import { problemTable } from './problem-table.js';
import { registerProblemResponses } from './route-methods.js';
import { problemServerOptions } from './server-options.js';

export const SHOP_PROBLEMS = problemTable({
  SHOP_CLOSED: { status: 409, title: 'The shop is closed' },
  SHOP_BURNING: { status: 503, title: 'The shop is on fire' },
});

export class FireError extends Error {}
export class BombError extends Error {}

/** Whatever a test puts here is thrown by `GET /throw`. */
export const thrown: { value: unknown } = { value: undefined };

async function* halfOfIt(response: ServerResponse) {
  yield 'half of it';
  while (!response.headersSent) await setImmediate();
  throw new Error('the other half is gone');
}

/** The stream that `GET /stream/endless` sends; the tests replace it. */
export const endless = { stream: endlessStream() };

export function endlessStream(): Readable {
  return new Readable({
    read() {
      this.push('and so on ');
    },
  });
}

@Controller()
class ShopController {
  @Get('throw')
  @Header('ETag', '"of the other answer"')
  throw(): never {
    throw thrown.value;
  }

  @Get('throw/:id')
  throwWithId(): never {
    throw thrown.value;
  }

  @Get('item/:id')
  read(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Post('item')
  create(@Body() body: unknown) {
    return { body };
  }

  @Get('circular')
  circular() {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    return circle;
  }

  @Get('stream/early')
  early(@Res() reply: FastifyReply) {
    const stream = new Readable({ read: () => stream.destroy(new Error('no such disk')) });
    void reply.send(stream);
  }

  @Get('stream/half')
  half(@Res({ passthrough: true }) { raw }: FastifyReply) {
    return new StreamableFile(Readable.from(halfOfIt(raw)));
  }

  @Get('stream/endless')
  sendEndless() {
    return new StreamableFile(endless.stream);
  }

  @Get('stream/late')
  async late(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200, { 'content-type': 'text/plain' });
    await new Promise<void>((written) => reply.raw.write('half of it', () => written()));
    throw new Error('the other half is gone');
  }

  @Get('health')
  health() {
    throw new ServiceUnavailableException({
      status: 'error',
      info: {},
      error: { db: { status: 'down' } },
      details: {},
    });
  }

  @Get('middleware')
  unreachable() {
    return {};
  }
}

@Module({
  imports: [
    ProcessGuardModule.forRoot({
      folder: join(tmpdir(), 'evernest-shop'),
      hangTimeoutMs: 0,
      // A test runner grows to hundreds of megabytes, and is not to be recycled for that.
      memoryLimitBytes: GUARD_LIMITS.memoryLimitBytes.most,
      toProblem: (error) => {
        if (error instanceof BombError) throw new Error('toProblem is broken');
        if (!(error instanceof FireError)) return undefined;
        return SHOP_PROBLEMS.SHOP_BURNING({
          detail: 'Leave the building.',
          headers: { 'Retry-After': '5' },
        });
      },
    }),
  ],
  controllers: [ShopController],
})
class ShopModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(() => Promise.reject(thrown.value)).forRoutes('middleware');
  }
}

/** Keeps what is logged. */
export class LogBook implements LoggerService {
  readonly errors: Record<string, unknown>[] = [];
  readonly others: unknown[] = [];
  log = () => undefined;
  debug = () => undefined;
  verbose = () => undefined;
  warn = (entry: unknown) => void this.others.push(entry);
  fatal = (entry: unknown) => void this.others.push(entry);
  error = (entry: Record<string, unknown>) => void this.errors.push(entry);
}

/** A Nest application that has nothing but this library and a few routes that fail. */
export async function startShop(logBook: LogBook): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...problemServerOptions(),
    bodyLimit: 100,
    requestTimeout: 200,
    http: { headersTimeout: 100, connectionsCheckingInterval: 20, maxHeaderSize: 8192 },
  });
  const fastify = adapter.getInstance();
  registerProblemResponses(fastify);
  fastify.get('/files/*', (_request, reply) => reply.callNotFound());
  const app = await NestFactory.create<NestFastifyApplication>(ShopModule, adapter, { logger: logBook });
  await app.listen(0, '127.0.0.1');
  return app;
}
