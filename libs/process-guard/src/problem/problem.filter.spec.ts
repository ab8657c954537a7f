import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  HttpException,
  NotFoundException,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  BombError,
  endless,
  endlessStream,
  FireError,
  LogBook,
  SHOP_PROBLEMS,
  startShop,
  thrown,
} from './guarded-app.fixture.js';

let app: NestFastifyApplication;
let logBook: LogBook;

beforeAll(async () => {
  logBook = new LogBook();
  app = await startShop(logBook);
});
afterAll(() => app.close());
beforeEach(() => {
  logBook.errors.length = 0;
  logBook.others.length = 0;
});

async function answerTo(value: unknown, url = '/throw') {
  thrown.value = value;
  return app.inject({ method: 'GET', url });
}

describe('a problem', () => {
  it('is answered with its code, its headers and the request', async () => {
    const response = await answerTo(
      SHOP_PROBLEMS.SHOP_CLOSED({
        detail: 'It opens at nine.',
        errors: [{ field: 'at', message: 'is too early' }],
        headers: { 'Retry-After': '60' },
      }),
      '/throw?token=secret',
    );
    expect(response.statusCode).toBe(409);
    expect(response.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '60',
    });
    expect(response.json()).toEqual({
      type: 'urn:evernest:problem:SHOP_CLOSED',
      title: 'The shop is closed',
      status: 409,
      detail: 'It opens at nine.',
      instance: '/throw',
      code: 'SHOP_CLOSED',
      requestId: expect.stringMatching(/./),
      errors: [{ field: 'at', message: 'is too early' }],
    });
    expect(logBook.errors).toEqual([]);
  });

  it('does not carry headers of the answer that failed', async () => {
    const response = await answerTo(SHOP_PROBLEMS.SHOP_CLOSED({ detail: 'Closed.' }));
    expect(response.headers).not.toHaveProperty('etag');
  });

  it('answers HEAD without a body', async () => {
    thrown.value = SHOP_PROBLEMS.SHOP_CLOSED({ detail: 'Closed.' });
    const response = await app.inject({ method: 'HEAD', url: '/throw' });
    expect(response.statusCode).toBe(409);
    expect(response.body).toBe('');
  });
});

describe('an error that nobody expected', () => {
  it.each([
    ['an error', new Error('SELECT * FROM users')],
    ['an HttpException that tells too much', new HttpException('SELECT * FROM users', 500)],
    [
      'an upstream error that has a status',
      Object.assign(new Error('SELECT'), { statusCode: 404, status: 404 }),
    ],
    ['an HttpException of no error status', new HttpException('SELECT', 200)],
    ['a string', 'SELECT'],
    ['null', null],
    ['undefined', undefined],
    ['an object without a prototype', Object.create(null)],
  ])('is a clean 500: %s', async (_name, value) => {
    const response = await answerTo(value);
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({
      code: 'INTERNAL_ERROR',
      detail: expect.stringContaining(response.json().requestId),
    });
    expect(response.body).not.toMatch(/SELECT|stack|\.ts/);
    expect(logBook.errors).toHaveLength(1);
  });

  it('is logged once, with its chain of causes, the request and the route', async () => {
    const error = new Error('cannot list users', { cause: new Error('disk full') });
    const response = await answerTo(error, '/throw/7?token=secret');
    expect(logBook.errors).toEqual([
      {
        message: 'GET /throw/:id was answered 500 INTERNAL_ERROR: cannot list users',
        code: 'INTERNAL_ERROR',
        status: 500,
        requestId: response.json().requestId,
        method: 'GET',
        route: '/throw/:id',
        error,
      },
    ]);
    expect(JSON.stringify(logBook.errors)).not.toContain('secret');
    expect(logBook.others).toEqual([]);
  });

  it('is the cause of an error in the log when it is not an Error itself', async () => {
    await answerTo('x');
    expect(logBook.errors[0]?.['error']).toMatchObject({ cause: 'x' });
  });

  it('is logged as it is when it comes from another realm, as errors of a vm do', async () => {
    const error: unknown = runInNewContext("new Error('elsewhere')");
    await answerTo(error);
    expect(logBook.errors[0]?.['error']).toBe(error);
  });

  it('is a 500 when the answer itself cannot be written as JSON', async () => {
    const response = await app.inject('/circular');
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(logBook.errors).toHaveLength(1);
  });

  it('is answered when it comes from middleware', async () => {
    const response = await answerTo(new Error('SELECT'), '/middleware?x=1');
    expect(response.statusCode).toBe(500);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ code: 'INTERNAL_ERROR', instance: '/middleware' });
    expect(logBook.errors).toHaveLength(1);
    expect(logBook.errors[0]?.['requestId']).toBe(response.json().requestId);
  });
});

describe("an application's own mapping", () => {
  it("turns another library's error into a problem, and the log keeps the original", async () => {
    const error = new FireError('kitchen');
    const response = await answerTo(error);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.json()).toMatchObject({ code: 'SHOP_BURNING', detail: 'Leave the building.' });
    expect(logBook.errors).toHaveLength(1);
    expect(logBook.errors[0]).toMatchObject({ code: 'SHOP_BURNING', error });
  });

  it('costs nothing but a 500 when it throws, and the log has both errors', async () => {
    const error = new BombError('tick');
    const response = await answerTo(error);
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(logBook.errors).toHaveLength(1);
    expect(logBook.errors[0]?.['error']).toMatchObject({ errors: [error, new Error('toProblem is broken')] });
  });
});

describe('an HttpException of Nest', () => {
  it.each([
    [new ForbiddenException('Not yours.'), 403, 'FORBIDDEN', 'Not yours.'],
    [new ConflictException('Taken.'), 409, 'CONFLICT', 'Taken.'],
    [new NotFoundException('No item 7.'), 404, 'NOT_FOUND', 'No item 7.'],
    [new HttpException('Short and stout.', 418), 418, 'IM_A_TEAPOT', 'Short and stout.'],
    [new HttpException('Gone away.', 499), 499, 'HTTP_499', 'Gone away.'],
  ])('%p is answered %i %s', async (exception, status, code, detail) => {
    const response = await answerTo(exception);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ status, code, detail });
    expect(logBook.errors).toEqual([]);
  });

  it('names the fields when it comes from the ValidationPipe', async () => {
    const response = await answerTo(
      new BadRequestException(['name must be a string', 'age must be positive']),
    );
    expect(response.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [
        { field: 'name', message: 'must be a string' },
        { field: 'age', message: 'must be positive' },
      ],
    });
  });

  it('keeps the reason of a 5xx to the log', async () => {
    const response = await answerTo(new HttpException('10.0.0.7 refused', 502));
    expect(response.json()).toMatchObject({ status: 502, code: 'BAD_GATEWAY' });
    expect(response.body).not.toContain('10.0.0.7');
    expect(logBook.errors).toHaveLength(1);
  });
});

describe('a failed health check of Terminus', () => {
  it('passes unchanged and is not logged', async () => {
    const response = await app.inject('/health');
    expect(response.statusCode).toBe(503);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      status: 'error',
      info: {},
      error: { db: { status: 'down' } },
      details: {},
    });
    expect(logBook.errors).toEqual([]);
  });
});

describe('a request that no route takes', () => {
  it('is a 404 when nothing is there', async () => {
    const response = await app.inject('/nowhere/at/all?x=1');
    expect(response.json()).toMatchObject({
      status: 404,
      code: 'ROUTE_NOT_FOUND',
      instance: '/nowhere/at/all',
    });
  });

  it.each([
    ['DELETE', '/item', 'POST'],
    ['POST', '/item/7', 'GET, HEAD'],
    ['PUT', '/item/7?x=1', 'GET, HEAD'],
    ['OPTIONS', '/item/7', 'GET, HEAD'],
    ['POST', '/item/%C3%A9', 'GET, HEAD'],
  ] as const)('is a 405 that lists what is allowed: %s %s', async (method, url, allow) => {
    const response = await app.inject({ method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
    expect(response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('is a 404 when a route takes it and then declines', async () => {
    const response = await app.inject('/files/none.txt');
    expect(response.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
  });

  it.each([
    ['GET', '/item/'],
    ['PUT', '/item/'],
  ] as const)('is a 404 when the parameter is empty: %s %s', async (method, url) => {
    expect((await app.inject({ method, url })).json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  });
});

describe('a body that cannot be read', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['too large', json, JSON.stringify('x'.repeat(200)), 413, 'BODY_TOO_LARGE'],
    ['not JSON', json, '{"a":', 400, 'MALFORMED_JSON'],
    ['with __proto__', json, '{"__proto__":{"x":1}}', 400, 'MALFORMED_JSON'],
    ['with constructor.prototype', json, '{"constructor":{"prototype":{}}}', 400, 'MALFORMED_JSON'],
    ['empty', json, '', 400, 'EMPTY_BODY'],
    ['of another type', { 'content-type': 'text/csv' }, 'a,b', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of a malformed type', { 'content-type': 'nonsense' }, 'a,b', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of no type', {}, Buffer.from('a,b'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['shorter than announced', { ...json, 'content-length': '50' }, '{}', 400, 'MALFORMED_REQUEST'],
    [
      'as a form with __proto__',
      { 'content-type': 'application/x-www-form-urlencoded' },
      '__proto__=1',
      400,
      'BAD_REQUEST',
    ],
  ] as const)('%s', async (_name, headers, payload, status, code) => {
    const response = await app.inject({ method: 'POST', url: '/item', headers, payload });
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toMatchObject({ status, code });
    expect(logBook.errors).toEqual([]);
  });

  it('names the body as the field', async () => {
    const response = await app.inject({ method: 'POST', url: '/item', headers: json, payload: '{' });
    expect(response.json().errors).toEqual([{ field: 'body', message: expect.any(String) }]);
  });

  it('is nobody’s fault here when the client goes away in the middle of it', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const received = new Promise<void>((resolve) => {
      app
        .getHttpServer()
        .once('request', (request: NodeJS.ReadableStream) => request.once('close', () => resolve()));
    });
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /item HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"a":',
    );
    app.getHttpServer().once('request', () => socket.resetAndDestroy());
    await received;
    await new Promise((resolve) => setImmediate(resolve));
    expect(logBook.errors).toEqual([]);
  });
});

describe('an answer that is under way', () => {
  it('is replaced by a problem when its stream fails before the first byte', async () => {
    const response = await app.inject('/stream/early');
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(logBook.errors).toHaveLength(1);
  });

  it.each(['/stream/late', '/stream/half'])(
    'is cut off, and the error logged once, when part of it is out: %s',
    async (route) => {
      const response = await fetch(`${await app.getUrl()}${route}`);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
      expect(logBook.errors).toHaveLength(1);
      expect(logBook.errors[0]).toMatchObject({ route, error: new Error('the other half is gone') });
    },
  );

  it('is nobody’s fault here when the client stops reading it', async () => {
    endless.stream = endlessStream();
    const closed = once(endless.stream, 'close');
    const socket = connect((app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET /stream/endless HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    await closed;
    expect(logBook.errors).toEqual([]);
  });
});
