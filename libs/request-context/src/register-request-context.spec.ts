import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { currentRequest, registerRequestContext, requestIdFrom } from './index.js';

describe('registerRequestContext', () => {
  let app: FastifyInstance;
  let origin: string;

  beforeEach(async () => {
    app = fastify({ genReqId: requestIdFrom });
    registerRequestContext(app);
    app.get('/books/:id', async () => currentRequest());
    app.get('/timer', (_request, reply) => {
      setTimeout(() => void reply.send(currentRequest()), 1);
    });
    app.get('/promise', async () => {
      await nextTurn();
      return Promise.resolve().then(() => currentRequest());
    });
    app.get('/fail', async () => {
      throw new Error('boom');
    });
    app.post('/books', async () => currentRequest());
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });

  afterEach(() => app.close());

  async function ask(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = { 'x-request-id': 'req-1', connection: 'close', ...init.headers };
    return fetch(origin + path, { ...init, headers });
  }

  function post(body: string, id = 'req-1'): Promise<Response> {
    const headers = { 'content-type': 'application/json', 'x-request-id': id };
    return ask('/books', { method: 'POST', body, headers });
  }

  it('answers as ever when it was registered twice', async () => {
    const twice = fastify({ genReqId: requestIdFrom });
    registerRequestContext(twice);
    registerRequestContext(twice);
    twice.get('/', async () => currentRequest());
    const reply = await twice.inject({ url: '/', headers: { 'x-request-id': 'req-1' } });
    expect(reply.json()).toMatchObject({ requestId: 'req-1' });
  });

  it('tells a handler its request, the path without the query string', async () => {
    const reply = await ask('/books/7?token=abc');
    expect(await reply.json()).toEqual({
      requestId: 'req-1',
      method: 'GET',
      path: '/books/7',
      route: '/books/:id',
    });
  });

  it.each(['/timer', '/promise'])('keeps the context in what a handler started: %s', async (path) => {
    expect(await (await ask(path)).json()).toMatchObject({ requestId: 'req-1', path });
  });

  it('keeps the context after a body was parsed', async () => {
    expect(await (await post('{"title":"Emma"}')).json()).toMatchObject({
      requestId: 'req-1',
      method: 'POST',
    });
  });

  it('keeps the context when the body comes in later packets, and for the next request of the connection', async () => {
    const replies = await askOverOneSocket(app, Number(new URL(origin).port));
    expect(replies).toEqual(['first', 'second']);
  });

  it('keeps the context in the error handler when a body cannot be parsed', async () => {
    await app.close();
    app = fastify({ genReqId: requestIdFrom });
    registerRequestContext(app);
    app.setErrorHandler((_error, _request, reply) => reply.code(400).send(currentRequest()));
    app.post('/books', async () => 'not reached');
    origin = await app.listen({ host: '127.0.0.1', port: 0 });

    expect(await (await post('{"title":')).json()).toMatchObject({ requestId: 'req-1', route: '/books' });
  });

  it('never shows one request the context of another', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `req-${index}`);
    const replies = await Promise.all(
      ids.map(async (id, index) => {
        const reply = index % 2 ? post('{}', id) : ask('/promise', { headers: { 'x-request-id': id } });
        return (await reply).json();
      }),
    );
    expect(replies).toEqual(ids.map((requestId) => expect.objectContaining({ requestId })));
  });

  it.each([
    ['a success', '/books/7', 200],
    ['a route that does not exist', '/nowhere', 404],
    ['a failure', '/fail', 500],
  ])('sends X-Request-Id with %s', async (_what, path, status) => {
    const reply = await ask(path);
    expect([reply.status, reply.headers.get('x-request-id')]).toEqual([status, 'req-1']);
  });

  it('knows no route where none matched', async () => {
    app = await replaceNotFound(app);
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
    expect(await (await ask('/nowhere')).json()).toEqual({
      requestId: 'req-1',
      method: 'GET',
      path: '/nowhere',
    });
  });

  it('knows no request outside of one', () => {
    expect(currentRequest()).toBeUndefined();
  });
});

async function replaceNotFound(previous: FastifyInstance): Promise<FastifyInstance> {
  await previous.close();
  const app = fastify({ genReqId: requestIdFrom });
  registerRequestContext(app);
  app.setNotFoundHandler(async () => currentRequest());
  return app;
}

/** Two POSTs on one connection, each body in packets that follow its head; the request ids that were answered. */
async function askOverOneSocket(app: FastifyInstance, port: number): Promise<string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8').setNoDelay(true);
  const ids: string[] = [];
  for (const id of ['first', 'second']) {
    const head = `POST /books HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nContent-Type: application/json\r\n`;
    const began = once(app.server, 'request');
    socket.write(`${head}Content-Length: 13\r\n\r\n`);
    await began;
    socket.write('{"a":');
    await nextTurn();
    socket.write('"bcdef"}');
    const [reply] = await once(socket, 'data');
    ids.push(/"requestId":"(\w+)"/.exec(reply)?.[1] ?? reply);
  }
  socket.destroy();
  return ids;
}
