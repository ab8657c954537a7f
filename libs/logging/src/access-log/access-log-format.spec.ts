import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog } from './access-log.js';
import type { AccessLogOptions } from './access-log-options.js';

const NOTHING = () => undefined;

interface Exchange {
  readonly headers?: Record<string, string>;
  readonly url?: string;
  readonly replyHeaders?: Record<string, string | string[]>;
}

/** The line, without its end, that an access log writes for an exchange. */
function lineFor(
  options: Partial<AccessLogOptions>,
  { headers = {}, url = '/books/7', replyHeaders = {} }: Exchange = {},
) {
  const lines: string[] = [];
  const request = {
    id: 'req-1',
    method: 'GET',
    originalUrl: url,
    headers,
    ip: '192.0.2.1',
    routeOptions: { url: '/books/:id' },
    raw: { httpVersion: '1.1', socket: {} },
  } as unknown as FastifyRequest;
  const reply = {
    raw: { headersSent: true, statusCode: 200, writableFinished: true },
    elapsedTime: 12.34567,
    getHeader: (name: string) => replyHeaders[name],
  } as unknown as FastifyReply;
  new AccessLog({ format: 'combined', write: (line) => lines.push(line), ...options }, () => 1.5).log(
    request,
    reply,
  );
  expect(lines).toEqual([expect.stringMatching(/^.*\n$/)]);
  return lines[0]!.slice(0, -1);
}

describe('formats of tokens', () => {
  beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 10, 5, 18, 0, 1, 23) }));
  afterEach(() => void jest.useRealTimers());

  it.each([
    [':method :url :status', 'GET /books/7 200'],
    [':id :route :pid', `req-1 /books/:id ${process.pid}`],
    [':worker :trace-id', '3 4bf92f'],
    [':remote-addr :http-version', '192.0.2.1 1.1'],
    [':response-time :response-time[0] :total-time :total-time[1]', '1.500 2 12.346 12.3'],
    [':date', 'Thu, 05 Nov 2026 18:00:01 GMT'],
    [':date[web]', 'Thu, 05 Nov 2026 18:00:01 GMT'],
    [':date[clf]', '05/Nov/2026:18:00:01 +0000'],
    [':date[iso]', '2026-11-05T18:00:01.023Z'],
    [':req[X-Tenant] :req[x-other]', 'acme -'],
    [':res[Vary] :res[X-Many]', 'Accept a, b'],
    [':referrer :user-agent', 'http://here/ curl/8'],
    ['at noon, :status: 100 %', 'at noon, 200: 100 %'],
    [':tenant/:tenant[short]', 'tenant req-1/tenant req-1 short'],
  ])('%s', (format, line) => {
    const exchange = {
      headers: { 'x-tenant': 'acme', referer: 'http://here/', 'user-agent': 'curl/8' },
      replyHeaders: { vary: 'Accept', 'x-many': ['a', 'b'] },
    };
    const tenant = ({ id }: FastifyRequest, _reply: FastifyReply, how?: string) =>
      `tenant ${id}${how ? ` ${how}` : ''}`;
    expect(lineFor({ format, worker: 3, traceId: () => '4bf92f', tokens: { tenant } }, exchange)).toBe(line);
  });

  it('tells the second that has begun since', () => {
    expect(lineFor({ format: ':date[clf]' })).toBe('05/Nov/2026:18:00:01 +0000');
    jest.setSystemTime(Date.UTC(2026, 10, 5, 18, 0, 2));
    expect(lineFor({ format: ':date[clf]' })).toBe('05/Nov/2026:18:00:02 +0000');
  });

  it.each(':worker :trace-id :referrer :user-agent :remote-user :req[x] :res[x] :nothing'.split(' '))(
    'writes - for %s where there is nothing to tell',
    (format) => {
      expect(lineFor({ format, tokens: { nothing: NOTHING } })).toBe('-');
    },
  );

  it.each<[object, RegExp]>([
    [
      { format: 'combind' },
      /"combind" is not known; use one of combined, common, short, tiny, dev, json, or tokens/,
    ],
    [{ format: ':stattus' }, /":stattus" is not a token; it knows :method :url /],
    [{ format: ':date[rfc]' }, /":date\[rfc\]" takes clf, iso or web in brackets/],
    [{ format: ':total-time[x]' }, /":total-time\[x\]" takes a number of decimal places, 0 to 9/],
    [{ format: ':req' }, /":req" takes the name of a header in brackets/],
    [{ format: ':url[x]' }, /":url\[x\]" takes nothing in brackets/],
    [{ tokens: { 'a b': NOTHING } }, /token "a b" must be two or more of letters/],
    [{ tokens: { url: NOTHING } }, /token "url" is one that the access log has already/],
    [{ tokens: { durationMs: NOTHING } }, /token "durationMs" is one that the access log has already/],
    [{ sampleRate: 1.5 }, /sampleRate must be 0 to 1, and is 1.5/],
    [{ sampleRate: Number.NaN }, /sampleRate must be 0 to 1, and is NaN/],
    [{ immediate: true }, /"immediate" is not an option of the access log; it knows format, write, /],
  ])('refuses %j', (options, message) => {
    expect(() => lineFor(options)).toThrow(message);
  });
});

describe('the JSON form', () => {
  it('has what is known, and the tokens of the application', () => {
    const exchange = {
      headers: { referer: 'http://here/', 'user-agent': 'curl/8' },
      replyHeaders: { 'content-length': '120' },
    };
    const tokens = { tenant: () => 'acme', nothing: NOTHING };
    const line = lineFor({ format: 'json', worker: 0, traceId: () => '4bf92f', tokens }, exchange);
    expect(JSON.parse(line)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      requestId: 'req-1',
      traceId: '4bf92f',
      method: 'GET',
      url: '/books/7',
      route: '/books/:id',
      status: 200,
      bytes: 120,
      durationMs: 12.346,
      remoteAddress: '192.0.2.1',
      referrer: 'http://here/',
      userAgent: 'curl/8',
      tenant: 'acme',
      pid: process.pid,
      worker: 0,
    });
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(JSON.parse(lineFor({ format: 'json' })))).toEqual([
      'time',
      'requestId',
      'method',
      'url',
      'route',
      'status',
      'durationMs',
      'remoteAddress',
      'pid',
    ]);
  });
});

describe('secrets', () => {
  const basic = `Basic ${Buffer.from('ann:pa:ss').toString('base64')}`;

  it.each([
    [':url', { url: '/books?token=t0psecret&language=en' }, '/books?token=[redacted]&language=en'],
    [
      ':referrer',
      { headers: { referer: 'http://x/?access_token=t0psecret' } },
      'http://x/?access_token=[redacted]',
    ],
    [':referrer', { headers: { referer: 'http://u:t0psecret@x/' } }, 'http://[redacted]@x/'],
    [':remote-user', { headers: { authorization: basic } }, 'ann'],
    [':remote-user', { headers: { authorization: `Basic ${btoa('t0psecret')}` } }, '-'],
    [':remote-user', { headers: { authorization: 'Bearer t0psecret' } }, '-'],
    [':req[authorization]', { headers: { authorization: basic } }, '[redacted]'],
    [':req[Cookie]', { headers: { cookie: 'sid=t0psecret' } }, '[redacted]'],
    [':res[set-cookie]', { replyHeaders: { 'set-cookie': ['sid=t0psecret'] } }, '[redacted]'],
    [':res[location]', { replyHeaders: { location: '/in?token=t0psecret' } }, '/in?token=[redacted]'],
  ])('are not in %s of %j', (format, exchange, line) => {
    expect(lineFor({ format }, exchange)).toBe(line);
  });

  it('are not in the JSON form', () => {
    const exchange = {
      url: '/books?api_key=t0psecret',
      headers: { authorization: basic, cookie: 't0psecret', referer: 'http://x/?password=t0psecret' },
    };
    const line = lineFor({ format: 'json' }, exchange);
    expect(line).not.toMatch(/t0psecret|pa:ss/);
    expect(line).toContain('/books?api_key=[redacted]');
  });
});
