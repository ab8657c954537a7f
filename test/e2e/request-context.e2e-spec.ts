import { EventEmitter, once } from 'node:events';
import {
  Agent,
  createServer,
  get,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
} from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import {
  currentRequest,
  currentRequestFields,
  passOnRequestContext,
  registerRequestContext,
  requestIdFrom,
} from '@evernest/request-context';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('the context of a request', () => {
  let app: FastifyInstance;
  let port: number;
  let seen: Record<string, string | undefined>;
  let sockets: Socket[];

  function see(what: string): void {
    seen[what] = currentRequest()?.requestId;
  }

  beforeEach(async () => {
    seen = {};
    sockets = [];
    app = fastify({ genReqId: requestIdFrom });
    registerRequestContext(app);
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await app.close();
  });

  async function listen(): Promise<string> {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    port = Number(new URL(origin).port);
    return origin;
  }

  async function client(head: string): Promise<Socket> {
    if (!app.server.listening) await listen();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }).on('error', () => undefined);
    sockets.push(socket);
    socket.write(`${head}\r\nHost: x\r\nX-Request-Id: req-1\r\n`);
    return socket;
  }

  it('holds in timers, turns of the loop, microtasks and promises', async () => {
    app.get('/', async () => {
      await new Promise<void>((resolve) => {
        const ticker = setInterval(() => {
          see('interval');
          clearInterval(ticker);
          setImmediate(() => {
            see('immediate');
            process.nextTick(() => {
              see('nextTick');
              queueMicrotask(() => {
                see('microtask');
                resolve();
              });
            });
          });
        }, 1);
      });
      see('await');
      return 'ok';
    });
    const origin = await listen();
    await fetch(origin, { headers: { 'x-request-id': 'req-1' } });
    expect(seen).toEqual({
      interval: 'req-1',
      immediate: 'req-1',
      nextTick: 'req-1',
      microtask: 'req-1',
      await: 'req-1',
    });
  });

  it('holds in a timer that ends after the request', async () => {
    const late = new PassThrough();
    app.get('/', async () => {
      late.on('finish', () => see('another timer'));
      setTimeout(() => {
        see('late');
        late.end();
      }, 30);
      return 'ok';
    });
    const origin = await listen();
    await (await fetch(origin, { headers: { 'x-request-id': 'req-1' } })).text();
    await once(late, 'finish');
    expect(seen['late']).toBe('req-1');
  });

  it('holds in streams that a body is piped through, for packets that come later', async () => {
    const received = new EventEmitter();
    app.addContentTypeParser('text/plain', (_request, _payload, done) => done(null));
    app.post('/', async ({ raw }) => {
      raw.on('data', () => see('data')).on('end', () => see('end'));
      const through = new Transform({
        transform(chunk, _encoding, done) {
          see(`transform ${chunk}`);
          received.emit('chunk');
          done(null, chunk);
        },
        flush(done) {
          see('flush');
          done();
        },
      });
      await pipeline(raw, through, new PassThrough().resume());
      see('piped');
      return 'ok';
    });
    const socket = await client('POST / HTTP/1.1');
    const first = once(received, 'chunk');
    socket.write('Content-Type: text/plain\r\nContent-Length: 2\r\n\r\na');
    await first;
    socket.write('b');
    await once(socket, 'data');
    const expected = ['data', 'end', 'flush', 'piped', 'transform a', 'transform b'];
    expect(seen).toEqual(Object.fromEntries(expected.map((what) => [what, 'req-1'])));
  });

  it('holds in a stream that answers, when a slow client takes more of it, and in the events of the answer', async () => {
    let chunks = 100;
    const ended = new PassThrough();
    app.get('/', (_request, reply) => {
      reply.raw.on('drain', () => see('drain')).on('finish', () => see('finish'));
      reply.raw.on('close', () => {
        see('close');
        ended.end();
      });
      return reply.send(
        new Readable({
          read() {
            see(`read ${chunks}`);
            chunks -= 1;
            this.push(chunks === 0 ? null : Buffer.alloc(100_000));
          },
        }),
      );
    });
    const socket = await client('GET / HTTP/1.1');
    socket.write('\r\n');
    await delay(20);
    socket.resume();
    await once(ended, 'finish');
    expect(Object.keys(seen)).toEqual(expect.arrayContaining(['read 1', 'drain', 'finish', 'close']));
    expect(new Set(Object.values(seen))).toEqual(new Set(['req-1']));
  });

  it.each(['GET', 'POST'])('holds in what is told of a client that left: %s', async (method) => {
    const came = new PassThrough();
    const left = new PassThrough();
    app.route({
      method,
      url: '/',
      handler: ({ raw }, reply) => {
        reply.hijack();
        raw.on('close', () => see('request'));
        reply.raw.on('close', () => {
          see('reply');
          left.end();
        });
        came.end();
      },
    });
    const socket = await client(`${method} / HTTP/1.1`);
    socket.write('\r\n');
    await once(came, 'finish');
    socket.destroy();
    await once(left, 'finish');
    expect(seen).toEqual({ request: 'req-1', reply: 'req-1' });
  });

  it('tells the trace of a valid traceparent, in one object of fields per request', async () => {
    app.get('/books/:id', async () => {
      const fields = currentRequestFields();
      await delay(1);
      return { fields, isSame: fields === currentRequestFields(), isFrozen: Object.isFrozen(fields) };
    });
    app.setNotFoundHandler(async () => currentRequestFields());
    const origin = await listen();
    const headers = { 'x-request-id': 'req-1', traceparent: TRACEPARENT };
    expect(await (await fetch(`${origin}/books/7?token=x`, { headers })).json()).toEqual({
      fields: { requestId: 'req-1', method: 'GET', route: '/books/:id', traceId: TRACE },
      isSame: true,
      isFrozen: true,
    });
    headers.traceparent = 'nonsense';
    expect(await (await fetch(`${origin}/nowhere?token=x`, { headers })).json()).toEqual({
      requestId: 'req-1',
      method: 'GET',
      path: '/nowhere',
    });
  });
});

describe('calls that are made for a request', () => {
  let app: FastifyInstance;
  let origin: string;
  let other: Server;
  let otherOrigin: string;
  let received: IncomingHttpHeaders[];
  let stop: () => void;

  const call: Record<string, (url: string, headers?: Record<string, string>) => Promise<unknown>> = {
    fetch: async (url, headers = {}) => (await fetch(url, { headers })).text(),
    'node:http': (url, headers = {}) =>
      new Promise((resolve, reject) => {
        get(url, { headers }, (response) => response.resume().on('end', resolve)).on('error', reject);
      }),
    'node:http with a pool': (url, headers = {}) =>
      new Promise((resolve, reject) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const done = () => {
          agent.destroy();
          resolve(undefined);
        };
        httpRequest(url, { headers, agent, method: 'POST' }, (response) => response.resume().on('end', done))
          .on('error', reject)
          .end('body');
      }),
  };

  beforeEach(async () => {
    received = [];
    other = createServer((request, response) => {
      received.push(request.headers);
      if (request.url === '/moved') response.writeHead(302, { location: '/' });
      response.end('ok');
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    otherOrigin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    stop = passOnRequestContext();
    app = fastify({ genReqId: requestIdFrom });
    registerRequestContext(app);
  });

  afterEach(async () => {
    stop();
    await app.close();
    other.closeAllConnections();
    other.close();
  });

  async function handleWith(handler: () => Promise<unknown>): Promise<void> {
    app.get('/', async () => {
      await handler();
      return 'ok';
    });
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  }

  /** Asks our service, without the headers that its own calls would carry. */
  async function ask(headers: Record<string, string>): Promise<void> {
    const response = await fetch(origin, { headers });
    expect(await response.text()).toBe('ok');
  }

  it.each(Object.keys(call))('carry its id and trace, with a step of our own: %s', async (how) => {
    await handleWith(() => call[how]!(otherOrigin));
    await ask({ 'x-request-id': 'req-1', traceparent: TRACEPARENT, tracestate: 'vendor=1' });
    await ask({ 'x-request-id': 'req-2', traceparent: TRACEPARENT });
    expect(received).toMatchObject([
      { 'x-request-id': 'req-1', tracestate: 'vendor=1' },
      { 'x-request-id': 'req-2' },
    ]);
    expect(received[1]).not.toHaveProperty('tracestate');
    const traces = received.map(({ traceparent }) => String(traceparent));
    for (const trace of traces)
      expect(trace).toMatch(new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    expect(traces[0]).not.toBe(traces[1]);
  });

  it.each(Object.keys(call))('carry no trace where there is none: %s', async (how) => {
    await handleWith(() => call[how]!(otherOrigin));
    await ask({
      'x-request-id': 'req-1',
      traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      tracestate: 'v=1',
    });
    expect(received[0]).toMatchObject({ 'x-request-id': 'req-1' });
    expect(received[0]).not.toHaveProperty('traceparent');
    expect(received[0]).not.toHaveProperty('tracestate');
  });

  it.each(Object.keys(call))('keep the headers that the caller set: %s', async (how) => {
    const own = { 'X-Request-ID': 'mine', Traceparent: TRACEPARENT.replace(/01$/, '00') };
    await handleWith(() => call[how]!(otherOrigin, own));
    await ask({ 'x-request-id': 'req-1', traceparent: TRACEPARENT, tracestate: 'v=1' });
    expect(received[0]).toMatchObject({ 'x-request-id': 'mine', traceparent: own.Traceparent });
    expect(received[0]).not.toHaveProperty('tracestate');
  });

  it.each(Object.keys(call))('never carry those of another request, many at a time: %s', async (how) => {
    app.get('/:n', async () => {
      await delay(1);
      await call[how]!(`${otherOrigin}/${currentRequest()?.requestId}`);
      return 'ok';
    });
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const urls: unknown[] = [];
    other.on('request', ({ url, headers }) => urls.push(`${url} ${String(headers['x-request-id'])}`));
    const ids = Array.from({ length: 40 }, (_, n) => `req-${n}`);
    await Promise.all(
      ids.map(async (id) => (await fetch(`${origin}/${id}`, { headers: { 'x-request-id': id } })).text()),
    );
    expect(new Set(urls)).toEqual(new Set(ids.map((id) => `/${id} ${id}`)));
  });

  it('carry the id to where they are redirected', async () => {
    await handleWith(() => call['fetch']!(`${otherOrigin}/moved`));
    await ask({ 'x-request-id': 'req-1' });
    expect(received.map((headers) => headers['x-request-id'])).toEqual(['req-1', 'req-1']);
  });

  it('are sent as they are if their headers came rendered', async () => {
    await handleWith(async () => {
      const [response] = await once(get(otherOrigin, { headers: ['Host', 'x'] as never }), 'response');
      response.resume();
    });
    await ask({ 'x-request-id': 'req-1' });
    expect(received[0]).not.toHaveProperty('x-request-id');
  });

  it.each(Object.keys(call))('carry nothing outside of a request: %s', async (how) => {
    await call[how]!(otherOrigin);
    expect(received[0]).not.toHaveProperty('x-request-id');
  });

  it.each(Object.keys(call))('carry nothing once that was stopped: %s', async (how) => {
    await handleWith(() => call[how]!(otherOrigin));
    stop();
    await ask({ 'x-request-id': 'req-1' });
    expect(received[0]).not.toHaveProperty('x-request-id');
  });

  it('leaves nothing behind in Node', () => {
    stop();
    const { addRequest } = Agent.prototype as unknown as { addRequest: Function };
    const stopOne = passOnRequestContext();
    const stopOther = passOnRequestContext();
    stopOther();
    stopOne();
    expect((Agent.prototype as unknown as { addRequest: Function }).addRequest).toBe(addRequest);
  });
});
