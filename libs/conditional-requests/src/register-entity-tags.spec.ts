import { Readable } from 'node:stream';
import compress from '@fastify/compress';
import { fastify, type FastifyInstance } from 'fastify';
import { entityTagOf } from './entity-tag-of.js';
import { registerEntityTags } from './register-entity-tags.js';

const BOOKS = { items: Array.from({ length: 100 }, (_, id) => ({ id, title: 'A title' })) };
const TAG = entityTagOf(JSON.stringify(BOOKS));

let server: FastifyInstance;

beforeAll(async () => {
  server = fastify();
  registerEntityTags(server);
  await server.register(compress, { threshold: 100 });
  server.get('/books', async (request, reply) => {
    void reply.headers({ 'cache-control': 'private', vary: 'accept', 'x-request-id': request.id });
    return BOOKS;
  });
  server.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(Buffer.from('<p>')));
  server.get('/problem', (_request, reply) => reply.code(404).type('application/problem+json').send('{}'));
  server.get('/health', (_request, reply) => reply.header('cache-control', 'no-store').send({}));
  server.get('/stream', (_request, reply) => reply.type('application/json').send(Readable.from(['{}'])));
  server.get('/text', () => 'text');
  server.get('/empty', (_request, reply) => reply.code(204).send());
  server.get('/own', (_request, reply) => reply.header('ETag', 'W/"own"').send({}));
  server.post('/books', () => BOOKS);
  await server.ready();
});
afterAll(() => server.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'GET', url, headers });

describe('a read', () => {
  it('has the tag of its body', async () => {
    const response = await get('/books');
    expect(response.headers.etag).toBe(TAG);
    expect(response.json()).toEqual(BOOKS);
    expect((await get('/page')).headers.etag).toBe(entityTagOf('<p>'));
  });

  it('has the tag of its plain body when it is compressed', async () => {
    const response = await get('/books', { 'accept-encoding': 'gzip' });
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.headers.etag).toBe(TAG);
  });

  it('has the same tag for HEAD', async () => {
    const response = await server.inject({ method: 'HEAD', url: '/books' });
    expect(response.headers.etag).toBe(TAG);
    expect(response.body).toBe('');
  });

  it('keeps the tag that the handler gave it', async () => {
    expect((await get('/own')).headers.etag).toBe('W/"own"');
    expect((await get('/own', { 'if-none-match': '"own"' })).statusCode).toBe(304);
  });
});

describe('If-None-Match', () => {
  it.each([TAG, `W/${TAG}`, `"other", ${TAG}`, '*'])(
    'is answered 304 when it has the tag: %s',
    async (ifNoneMatch) => {
      const response = await get('/books', { 'if-none-match': ifNoneMatch, 'accept-encoding': 'gzip' });
      expect(response.statusCode).toBe(304);
      expect(response.body).toBe('');
      expect(response.headers).toMatchObject({
        etag: TAG,
        'cache-control': 'private',
        vary: 'accept',
        'x-request-id': expect.stringMatching(/./),
      });
      expect(response.headers).not.toHaveProperty('content-type');
      expect(response.headers).not.toHaveProperty('content-length');
      expect(response.headers).not.toHaveProperty('content-encoding');
    },
  );

  it('is answered 304 for HEAD too', async () => {
    const response = await server.inject({
      method: 'HEAD',
      url: '/books',
      headers: { 'if-none-match': TAG },
    });
    expect(response.statusCode).toBe(304);
    expect(response.headers.etag).toBe(TAG);
    expect(response.body).toBe('');
  });

  it.each(['"other"', 'malformed', '', TAG.slice(1, -1)])(
    'is answered with the body otherwise: %j',
    async (ifNoneMatch) => {
      const response = await get('/books', { 'if-none-match': ifNoneMatch });
      expect(response.statusCode).toBe(200);
      expect(response.json()).toEqual(BOOKS);
    },
  );
});

describe('what is left alone', () => {
  it.each(['/problem', '/health', '/stream', '/text', '/empty'])('%s', async (url) => {
    const plain = await get(url);
    expect(plain.headers).not.toHaveProperty('etag');
    expect((await get(url, { 'if-none-match': '*' })).statusCode).toBe(plain.statusCode);
  });

  it('answers to writes', async () => {
    const response = await server.inject({
      method: 'POST',
      url: '/books',
      headers: { 'if-none-match': '*' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers).not.toHaveProperty('etag');
  });
});
