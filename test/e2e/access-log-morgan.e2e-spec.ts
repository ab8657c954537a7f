import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { registerAccessLog } from '../../libs/logging/src/access-log/register-access-log.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
const morgan =
  jest.requireActual<(format: string, options: { stream: { write(line: string): void } }) => Middleware>(
    'morgan',
  );

const FORMATS = ['combined', 'common', 'short', 'tiny', 'dev'];
const TOKENS =
  ':method :url :status :http-version ":referrer" ":user-agent" :remote-addr :date[clf] :date :date[web] :req[host] :res[x-kind] :pid';

/** What differs from one reading of the clock to the next. */
function withoutTimes(line: string): string {
  return line.replace(/\d+\.\d{3} ms/, 'T ms').replaceAll(/\d\d:\d\d:\d\d(?= )/g, 'HH:MM:SS');
}

describe('the access log beside Morgan, on the same requests', () => {
  let app: FastifyInstance;
  let ours: string[];
  let theirs: string[];

  beforeAll(async () => {
    app = fastify();
    for (const format of [...FORMATS, TOKENS]) {
      registerAccessLog(app, { format, colours: true, write: (line) => ours.push(`${format}: ${line}`) });
      const log = morgan(format, { stream: { write: (line) => theirs.push(`${format}: ${line}`) } });
      app.addHook('onRequest', ({ raw }, reply, done) => log(raw, reply.raw, done));
    }
    // Morgan sees only headers that were set on Node's own response.
    app.all('/answer/:status', ({ params }, reply) => {
      const { status } = params as { status: string };
      reply.hijack();
      reply.raw.statusCode = Number(status);
      reply.raw.setHeader('content-length', 2).setHeader('x-kind', 'plain').end('ok');
    });
    app.get('/silent', (_request, reply) => void reply.hijack());
    await app.listen({ host: '127.0.0.1', port: 0 });
  });

  beforeEach(() => {
    ours = [];
    theirs = [];
  });

  afterAll(() => app.close());

  /** Sends these bytes, and leaves once there is an answer, or at once if there will be none. */
  async function send(request: string, isAnswered = true): Promise<void> {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    const came = once(app.server, 'request');
    socket.write(request);
    await (isAnswered ? once(socket, 'data') : came);
    socket.destroy();
    const isLogged = () => ours.length >= FORMATS.length + 1 && theirs.length >= FORMATS.length + 1;
    while (!isLogged()) await new Promise((resolve) => setImmediate(resolve));
  }

  function get(path: string, ...headers: string[]): string {
    return ['GET ' + path + ' HTTP/1.1', 'Host: x', ...headers, '\r\n'].join('\r\n');
  }

  it.each([
    ['a success', get('/answer/200')],
    ['a redirection', get('/answer/302')],
    ['a fault of the client', get('/answer/404')],
    ['a failure', get('/answer/500')],
    ['HEAD', 'HEAD /answer/200 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['HTTP/1.0', 'GET /answer/200 HTTP/1.0\r\n\r\n'],
    ['a query', get('/answer/200?language=en&empty=&x=%20')],
    [
      'a referrer and a user agent',
      get('/answer/200', 'Referer: http://x/a?b=c', 'User-Agent: Mozilla/5.0 (X11)'),
    ],
    ['the other spelling of the referrer', get('/answer/200', 'Referrer: http://x/')],
    ['a name', get('/answer/200', `Authorization: Basic ${btoa('ann:secret')}`)],
    ['an authorization of another kind', get('/answer/200', 'Authorization: Bearer abc')],
    ['quotes, backslashes and letters of Latin', get('/answer/200', 'User-Agent: a"b\\c\tdé')],
    ['a POST', 'POST /answer/201 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
  ])('writes what Morgan writes for %s', async (_what, request) => {
    await send(request);
    expect(ours.map(withoutTimes)).toEqual(theirs.map(withoutTimes));
    expect(ours).toHaveLength(FORMATS.length + 1);
  });

  it('has 499 where Morgan has - for a client that left before the answer', async () => {
    await send(get('/silent'), false);
    const statusIn = (lines: string[]) => lines.find((line) => line.startsWith('tiny'));
    expect(statusIn(theirs)).toBe('tiny: GET /silent - - - - ms\n');
    expect(statusIn(ours)).toBe('tiny: GET /silent 499 - - - ms\n');
  });

  it('masks what Morgan shows: secrets in URLs, and spaces in a name', async () => {
    await send(
      get(
        '/answer/200?token=t0p',
        `Authorization: Basic ${btoa('ann "x:y')}`,
        'Referer: http://x/?password=t0p',
      ),
    );
    const common = (lines: string[]) => lines.find((line) => line.startsWith('combined'))!;
    expect(common(theirs)).toMatch(/ - ann \\"x \[.*"GET \/answer\/200\?token=t0p .*password=t0p"/);
    expect(common(ours)).toMatch(
      / - ann\\u0020\\"x \[.*"GET \/answer\/200\?token=\[redacted\] .*password=\[redacted\]"/,
    );
  });
});
