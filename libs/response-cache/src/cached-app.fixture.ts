import { createHash } from 'node:crypto';
import {
  Controller,
  Get,
  Header,
  NotFoundException,
  Param,
  Res,
  Version,
  VERSION_NEUTRAL,
  VersioningType,
} from '@nestjs/common';
import { FastifyAdapter, RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply, FastifyInstance } from 'fastify';
import { CachedResponse } from './cached-response.js';
import { ResponseCacheModule } from './response-cache.module.js';
import type { ResponseCacheOptions } from './response-cache-options.js';
import { ResponseCache } from './response-cache.js';

/** Longer than the threshold of compression. */
export const LONG_TEXT = 'a text that repeats itself, '.repeat(100);

/** What the handlers answer with, and how often and by whom they were asked. */
export class Source {
  version: number | undefined = 1;
  text = 'first';
  calls = 0;
  /** What each answer waits for. */
  gate: Promise<void> = Promise.resolve();
  /** Called as soon as a handler runs. */
  onCall: () => void = () => {};

  async read(): Promise<{ text: string }> {
    this.calls += 1;
    const { text } = this;
    this.onCall();
    await this.gate;
    return { text };
  }
}

@Controller('things')
class ThingsController {
  constructor(private readonly source: Source) {}

  @Get('long')
  @CachedResponse()
  long() {
    this.source.calls += 1;
    return { text: LONG_TEXT };
  }

  @Get('missing')
  @CachedResponse()
  missing() {
    this.source.calls += 1;
    throw new NotFoundException();
  }

  @Get('with-cookie')
  @CachedResponse()
  withCookie(@Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('set-cookie', 'session=1');
    return this.source.read();
  }

  @Get('private')
  @CachedResponse()
  @Header('cache-control', 'private, max-age=60')
  private() {
    return this.source.read();
  }

  @Get('by-language')
  @CachedResponse()
  @Header('vary', 'accept-language')
  byLanguage() {
    return this.source.read();
  }

  @Get('linked')
  @CachedResponse()
  @Header('link', '</things>; rel="up"')
  linked() {
    return this.source.read();
  }

  @Get('encoded')
  @CachedResponse()
  @Header('content-encoding', 'one-of-its-own')
  encoded() {
    return this.source.read();
  }

  @Get('headed')
  @CachedResponse()
  @Header('x-colour', 'of the handler')
  headed() {
    return this.source.read();
  }

  @Get('versioned')
  @Version('1')
  @CachedResponse()
  versionOne() {
    return { text: 'one' };
  }

  @Get('versioned')
  @Version('2')
  @CachedResponse()
  versionTwo() {
    return { text: 'two' };
  }

  @Get('stream')
  @CachedResponse()
  async *stream() {
    this.source.calls += 1;
    yield 'piece';
  }

  @Get('never')
  never() {
    return this.source.read();
  }

  @Get('configured/:id')
  @CachedResponse()
  @RouteConfig({ colour: 'red' })
  configured(@Param('id') _id: string) {
    return this.source.read();
  }

  @Get(':id')
  @CachedResponse()
  find(@Param('id') _id: string) {
    return this.source.read();
  }
}

export interface CachedApp {
  readonly url: string;
  readonly source: Source;
  readonly cache: ResponseCache;
  close(): Promise<void>;
}

/** A small application with cached routes, on a free port. */
export async function startCachedApp(
  options: Partial<ResponseCacheOptions> = {},
  prepare: (fastify: FastifyInstance) => void = () => {},
): Promise<CachedApp> {
  const source = new Source();
  const module = await Test.createTestingModule({
    imports: [
      ResponseCacheModule.forRoot({
        freshness: { version: () => source.version },
        entityTagOf: (body) => `"${createHash('sha1').update(body).digest('hex')}"`,
        ifNoneMatchHas: (header, tag) => header === tag,
        ...options,
      }),
    ],
    controllers: [ThingsController],
    providers: [{ provide: Source, useValue: source }],
  }).compile();
  const adapter = new FastifyAdapter();
  prepare(adapter.getInstance());
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version', defaultVersion: VERSION_NEUTRAL });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), source, cache: app.get(ResponseCache), close: () => app.close() };
}
