import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import type { AccessLogOptions } from './access-log-options.js';
import { registerAccessLog } from './register-access-log.js';

const FORMAT = ':method :url HTTP/:http-version :status :res[content-length] :route';

describe('registerAccessLog', () => {
  let app: FastifyInstance;
  let sockets: Socket[];
  let lines: string[];
  let onLine: () => void;

  beforeEach(() => {
    app = fastify();
    sockets = [];
    lines = [];
    onLine = () => undefined;
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await app.close();
  });

  function log(options: Partial<AccessLogOptions> = {}): void {
    registerAccessLog(app, {
      format: FORMAT,
      write: (line) => {
        lines.push(line);
        onLine();
      },
      ...options,
    });
  }

  async function linesWritten(count: number): Promise<string[]> {
    while (lines.length < count) await new Promise<void>((resolve) => (onLine = resolve));
    // A second line for the same request would come with what else its connection has to tell.
    await new Promise((resolve) => setImmediate(resolve));
    return lines.map((line) => line.replace(/\n$/, ''));
  }

  async function port(): Promise<number> {
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
    return (app.server.address() as AddressInfo).port;
  }

  async function send(text: string): Promise<Socket> {
    const socket = connect(await port(), '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    socket.resume().write(text);
    return socket;
  }

  function get(path: string): string {
    return `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  }

  it.each([
    ['an answer', get('/books/7?x=1'), 'GET /books/7?x=1 HTTP/1.1 200 2 /books/:id'],
    ['HEAD', 'HEAD /books/7 HTTP/1.1\r\nHost: x\r\n\r\n', 'HEAD /books/7 HTTP/1.1 200 2 /books/:id'],
    ['HTTP/1.0', 'GET /books/7 HTTP/1.0\r\n\r\n', 'GET /books/7 HTTP/1.0 200 2 /books/:id'],
    ['a path that is not served', get('/nowhere'), 'GET /nowhere HTTP/1.1 404 N -'],
    ['a failure', get('/fail'), 'GET /fail HTTP/1.1 500 N /fail'],
    ['an error in a hook', get('/guarded'), 'GET /guarded HTTP/1.1 403 N /guarded'],
    [
      'a body that cannot be parsed',
      'POST /books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{',
      'POST /books HTTP/1.1 400 N /books',
    ],
    ['a reply that was taken over', get('/raw'), 'GET /raw HTTP/1.1 201 3 /raw'],
    ['an answer of unknown length', get('/stream'), 'GET /stream HTTP/1.1 200 - /stream'],
    ['a URL that Fastify refuses', get('/%zz'), 'GET /%zz HTTP/1.1 400 - -'],
  ])('writes one line for %s', async (_what, request, line) => {
    log();
    app.get('/books/:id', async () => 'ok');
    app.post('/books', async () => 'ok');
    app.get('/fail', async () => {
      throw new Error('boom');
    });
    const refuse = async () => {
      throw Object.assign(new Error('no'), { statusCode: 403 });
    };
    app.get('/guarded', { onRequest: refuse }, async () => 'ok');
    app.get('/raw', (_request, reply) => {
      reply.hijack();
      reply.raw.setHeader('content-length', 3).writeHead(201).end('raw');
    });
    app.get('/stream', (_request, reply) => reply.send(Readable.from(['a', 'b'])));

    await send(request);
    const written = await linesWritten(1);
    // How long the bodies of errors are is Fastify's affair.
    expect(written.map((text) => text.replace(/( [45]\d\d )\d+/, '$1N'))).toEqual([line]);
  });

  it('logs what a hook before its own has answered', async () => {
    app.addHook('onRequest', (_request, reply) => void reply.code(503).send('busy'));
    log();
    app.get('/books', async () => 'ok');
    await send(get('/books'));
    expect(await linesWritten(1)).toEqual(['GET /books HTTP/1.1 503 4 /books']);
  });

  it('logs a request whose client left before the answer as 499, once, with the address', async () => {
    const came = new PassThrough();
    log({ format: ':remote-addr :url :status :response-time :res[x-kind]' });
    app.get('/slow', (_request, reply) => {
      came.end();
      reply.header('x-kind', 'never sent').hijack();
    });
    const client = await send(get('/slow'));
    await once(came, 'finish');
    client.destroy();
    expect(await linesWritten(1)).toEqual(['127.0.0.1 /slow 499 - -']);
  });

  it('logs once what is answered after its client left', async () => {
    let answer: () => void = () => undefined;
    log();
    const came = new Promise<void>((resolve) => {
      app.get('/slow', async (): Promise<string> => {
        resolve();
        return new Promise((done) => (answer = () => done('late')));
      });
    });
    const client = await send(get('/slow'));
    await came;
    client.destroy();
    await linesWritten(1);
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await linesWritten(1)).toEqual(['GET /slow HTTP/1.1 499 - /slow']);
  });

  it('logs an answer that was cut off with the status it began with, as aborted', async () => {
    log({ format: 'json' });
    app.get('/endless', (_request, reply) => {
      const endless = new PassThrough();
      endless.write('first');
      return reply.send(endless);
    });
    const client = await send(get('/endless'));
    await once(client, 'data');
    client.destroy();
    const [line] = await linesWritten(1);
    expect(JSON.parse(line!)).toMatchObject({ url: '/endless', status: 200, aborted: true });
  });

  it('logs requests that were sent ahead and still wait for their turn when the client leaves', async () => {
    log({ format: ':url :status' });
    app.get('/slow', (_request, reply) => void reply.hijack());
    const all = new Promise<void>((resolve) => {
      let left = 20;
      app.get('/next/:n', async () => {
        left -= 1;
        if (left === 0) resolve();
        return 'ok';
      });
    });
    const connected = once(app.server, 'connection');
    const client = await send(
      get('/slow') + Array.from({ length: 20 }, (_, n) => get(`/next/${n}`)).join(''),
    );
    await all;
    const [connection] = await connected;
    // More of one kind would be reported as a leak.
    expect(connection.listenerCount('close')).toBeLessThan(10);
    client.destroy();
    const expected = ['/slow 499', ...Array.from({ length: 20 }, (_, n) => `/next/${n} 200`)];
    expect((await linesWritten(21)).toSorted()).toEqual(expected.toSorted());
  });

  it('logs a request whose client left while an earlier hook was busy, once', async () => {
    let goOn: () => void = () => undefined;
    const came = new Promise<void>((resolve) => {
      app.addHook('onRequest', (_request, _reply, done) => {
        goOn = done;
        resolve();
      });
    });
    log({ format: ':remote-addr :url :status' });
    app.get('/books', async () => 'ok');
    const client = await send(get('/books'));
    await came;
    client.destroy();
    await linesWritten(1);
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await linesWritten(1)).toEqual([expect.stringMatching(/\/books 499$/)]);
  });

  it('tells of each request what that one says of its client, whatever came before on the connection', async () => {
    app.get('/', async () => '');
    log({ format: 'json' });
    const say = (referrer: string) =>
      `GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: "one"\r\nReferer: http://x/${referrer}\r\n\r\n`;
    await send([say('a?token=t0psecret'), say('a?token=t0psecret'), say('b'), get('/')].join(''));
    const written = (await linesWritten(4)).map((line) => JSON.parse(line) as Record<string, unknown>);
    const client = { remoteAddress: '127.0.0.1', userAgent: '"one"' };
    expect(written).toEqual([
      expect.objectContaining({ ...client, referrer: 'http://x/a?token=[redacted]' }),
      expect.objectContaining({ ...client, referrer: 'http://x/a?token=[redacted]' }),
      expect.objectContaining({ ...client, referrer: 'http://x/b' }),
      expect.not.objectContaining({ userAgent: expect.anything(), referrer: expect.anything() }),
    ]);
  });

  it('leaves out what is to be skipped', async () => {
    log({ skip: ({ originalUrl }) => originalUrl === '/health' });
    app.get('/health', async () => 'ok');
    app.get('/books', async () => 'ok');
    await send(get('/health') + get('/books'));
    expect(await linesWritten(1)).toEqual(['GET /books HTTP/1.1 200 2 /books']);
  });

  it('writes all lines but those of successes at a sample rate of 0', async () => {
    log({ sampleRate: 0, format: ':url :status' });
    app.get('/books', async () => 'ok');
    app.get('/moved', (_request, reply) => reply.redirect('/books'));
    await send(get('/books') + get('/moved') + get('/nowhere'));
    expect(await linesWritten(1)).toEqual(['/nowhere 404']);
  });

  it.each([
    [0.24, ['/books 200', '/nowhere 404']],
    [0.25, ['/nowhere 404']],
  ])('writes the share of successes that the sample rate says: a draw of %d', async (draw, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(draw);
    log({ sampleRate: 0.25, format: ':url :status' });
    app.get('/books', async () => 'ok');
    await send(get('/books') + get('/nowhere'));
    expect(await linesWritten(expected.length)).toEqual(expected);
  });

  it('answers, and writes what it can, whatever the functions of the application throw', async () => {
    const fail = () => {
      throw new Error('boom');
    };
    log({ format: ':url :tenant :trace-id', tokens: { tenant: fail }, skip: fail, traceId: fail });
    registerAccessLog(app, { format: 'tiny', write: fail });
    app.get('/books', async () => 'ok');
    const client = await send(get('/books'));
    expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1.1 200/);
    expect(await linesWritten(1)).toEqual(['/books - -']);
  });

  it('tells when the answer began apart from when it was out', async () => {
    const body = new PassThrough();
    log({ format: ':response-time[9] :total-time[9]' });
    app.get('/stream', (_request, reply) => reply.send(body));
    const client = await send(get('/stream'));
    body.write('first');
    await once(client, 'data');
    body.end();
    const [began, ended] = (await linesWritten(1))[0]!.split(' ').map(Number);
    expect(began).toBeGreaterThan(0);
    expect(ended).toBeGreaterThan(began!);
  });

  it('keeps several logs apart', async () => {
    log({ format: 'one :url' });
    log({ format: 'two :url', skip: () => true });
    log({ format: 'three :url' });
    app.get('/books', async () => 'ok');
    await send(get('/books'));
    expect(await linesWritten(2)).toEqual(['one /books', 'three /books']);
  });
});
