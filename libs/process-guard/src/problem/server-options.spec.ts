import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { endless, endlessStream, LogBook, startShop } from './guarded-app.fixture.js';

let app: NestFastifyApplication;
const logBook = new LogBook();

beforeAll(async () => {
  app = await startShop(logBook);
});
afterAll(() => app.close());

function open(): Socket {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return connect(port, '127.0.0.1');
}

/** Sends bytes, and only then reads until the server closes the connection. */
function exchange(bytes: string): Promise<string> {
  const socket = open().pause();
  socket.write(bytes, () => socket.resume());
  let received = '';
  return new Promise((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (chunk) => (received += String(chunk)));
    socket.once('error', reject).once('close', () => resolve(received));
  });
}

function parse(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { head, body: JSON.parse(body) as Record<string, unknown> };
}

describe('a request that never reaches a route', () => {
  it.each([
    ['/item/%zz', 400, 'MALFORMED_URL'],
    [`/item/${'7'.repeat(101)}`, 414, 'URL_TOO_LONG'],
  ])('is answered with a problem that names its path: %s', async (url, status, code) => {
    const { head, body } = parse(
      await exchange(`GET ${url}?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
    );
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(body).toMatchObject({ status, code, instance: url, requestId: expect.stringMatching(/./) });
  });

  it.each([
    ['a method that does not exist', 'BREW /item HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['not HTTP at all', '\x16\x03\x01\x02\x00\x01', 400, 'MALFORMED_REQUEST'],
    [
      'a length that is no number',
      'POST /item HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'two ways to end the body',
      'POST /item HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'a broken chunk',
      'POST /item HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'a header above the limit',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(9000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'a header far above the limit',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(8_000_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: a\r\n', 408, 'REQUEST_TIMEOUT'],
    [
      'a body that never ends',
      'POST /item HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      408,
      'REQUEST_TIMEOUT',
    ],
  ])('is answered on the bare socket, which is then closed: %s', async (_name, bytes, status, code) => {
    const { head, body } = parse(await exchange(bytes));
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(head).toMatch(/connection: close/i);
    expect(body).toMatchObject({
      type: `urn:evernest:problem:${code}`,
      status,
      code,
      instance: '*',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('is not answered in the middle of another answer, which is cut off', async () => {
    endless.stream = endlessStream();
    const socket = open();
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk) => (received += String(chunk)));
    socket.on('error', () => undefined);
    socket.write('GET /stream/endless HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    socket.write('not HTTP at all\r\n\r\n');
    await once(socket, 'close');
    expect(received).not.toContain('problem');
  });

  it('leaves the server able to answer the next one', async () => {
    expect((await app.inject('/item/7')).json()).toEqual({ id: 7 });
    expect(logBook.errors).toEqual([]);
  });
});
