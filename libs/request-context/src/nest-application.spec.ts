import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { currentRequest, registerRequestContext, requestIdFrom } from './index.js';

@Controller('books')
class BooksController {
  @Post()
  create(@Body() body: unknown): unknown {
    return { body, context: currentRequest() };
  }
}

@Module({ controllers: [BooksController] })
class BooksModule {}

describe('registerRequestContext in a Nest application', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ genReqId: requestIdFrom });
    app = await NestFactory.create<NestFastifyApplication>(BooksModule, adapter, { logger: false });
    registerRequestContext(adapter.getInstance());
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  it('tells a controller its request after a body was parsed', async () => {
    const reply = await fetch(`${await app.getUrl()}/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'req-1', connection: 'close' },
      body: '{"title":"Emma"}',
    });

    expect(reply.headers.get('x-request-id')).toBe('req-1');
    expect(await reply.json()).toEqual({
      body: { title: 'Emma' },
      context: { requestId: 'req-1', method: 'POST', path: '/books', route: '/books' },
    });
  });
});
