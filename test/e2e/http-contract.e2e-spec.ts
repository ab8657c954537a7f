import { once } from 'node:events';
import { connect } from 'node:net';
import { Api } from '../support/api.js';
import { startService, WRITE_TOKEN, type Service } from '../support/service.js';

describe('the HTTP contract', () => {
  let service: Service;
  let api: Api;

  beforeAll(async () => {
    service = await startService();
    api = new Api(service.url);
  });

  afterAll(() => service.stop());

  const json = { 'content-type': 'application/json', authorization: `Bearer ${WRITE_TOKEN}` };

  it('answers every error as problem+json with its code, its place and the request id', async () => {
    const { status, headers, body } = await api.get('/books?x=1', { 'x-request-id': 'mine-1' });
    expect(status).toBe(400);
    const missing = await api.get('/books/7', { 'x-request-id': 'mine-2' });
    expect(headers.get('content-type')).toMatch('application/problem+json');
    expect(missing.headers.get('x-request-id')).toBe('mine-2');
    expect(body.errors).toEqual([{ field: 'x', message: 'is not a known field' }]);
    expect(missing.body).toEqual({
      type: 'urn:evernest:problem:BOOK_NOT_FOUND',
      title: 'No such book',
      status: 404,
      detail: 'There is no book 7.',
      instance: '/books/7',
      code: 'BOOK_NOT_FOUND',
      requestId: 'mine-2',
    });
  });

  it.each(['1e3', '-1', '0', '01', '1.5', '9007199254740993', '2147483648', 'abc', '%20', '１'])(
    'refuses the id %s, naming the field',
    async (id) => {
      expect(await api.get(`/books/${id}`)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'id' }] },
      });
    },
  );

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=abc', 'cursor'],
    ['cursor=', 'cursor'],
    ['sort=name', 'sort'],
    ['author=x', 'author'],
    ['author[]=1', 'author[]'],
    ['language=english!', 'language'],
    ['search=%00', 'search'],
    ['unknown=1', 'unknown'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
  ])('refuses the query %s, naming the field', async (query, field) => {
    const { status, body } = await api.get(`/books?${query}`);
    expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field });
  });

  it.each([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: ' \n' }, 'title'],
    [{ title: null }, 'title'],
    [{ title: 7 }, 'title'],
    [{ title: ['a'] }, 'title'],
    [{ title: { a: 1 } }, 'title'],
    [{ title: 'a\0b' }, 'title'],
    [{ title: '\ud800' }, 'title'],
    [{ title: 'x'.repeat(1001) }, 'title'],
    [{ title: 'x', isbn: '978-0-306-40615-8' }, 'isbn'],
    [{ title: 'x', isbn: 9780306406157 }, 'isbn'],
    [{ title: 'x', publishedOn: '2026-02-30' }, 'publishedOn'],
    [{ title: 'x', publishedOn: '2026-2-3' }, 'publishedOn'],
    [{ title: 'x', languages: 'en' }, 'languages'],
    [{ title: 'x', languages: ['en', 5] }, 'languages'],
    [{ title: 'x', authorIds: [1, 1] }, 'authorIds'],
    [{ title: 'x', authorIds: ['1'] }, 'authorIds'],
    [{ title: 'x', authorIds: { length: 1 } }, 'authorIds'],
    [{ title: 'x', shelf: 3 }, 'shelf'],
    [{ title: 'x', id: 3 }, 'id'],
    [{ title: 'x', constructor: 1 }, 'constructor'],
    [{ title: 'x', toString: 'x' }, 'toString'],
    [{ title: 'x', 'a\0b': 1 }, 'a\0b'],
  ])('refuses the book %j, naming the field', async (book, field) => {
    const { status, body } = await api.post('/books', book);
    expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field });
  });

  it.each([
    ['an array', '[]', 'VALIDATION_FAILED'],
    ['null', 'null', 'VALIDATION_FAILED'],
    ['a string', '"book"', 'VALIDATION_FAILED'],
    ['broken JSON', '{"title":', 'MALFORMED_JSON'],
    ['a forbidden key', '{"title":"x","__proto__":{"a":1}}', 'MALFORMED_JSON'],
    ['deep nesting', `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'VALIDATION_FAILED'],
    ['deep nesting of objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'VALIDATION_FAILED'],
    ['nothing', '', 'EMPTY_BODY'],
  ])('refuses %s as a body with 400', async (_, body, code) => {
    const answer = await api.raw('/books', { method: 'POST', headers: json, body });
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(answer.body.errors).toHaveLength(1);
  });

  it('takes a body of 1 MiB and refuses one byte more with 413', async () => {
    const bodyOf = (bytes: number) => `{"title":"${'x'.repeat(bytes - 12)}"}`;
    const post = (body: string) => api.raw('/books', { method: 'POST', headers: json, body });
    expect(bodyOf(1_048_576)).toHaveLength(1_048_576);
    expect(await post(bodyOf(1_048_576))).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'title' }] },
    });
    expect(await post(bodyOf(1_048_577))).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('refuses %s with 415', async (type) => {
    const headers = { ...json, 'content-type': type };
    const answer = await api.raw('/books', { method: 'POST', headers, body: 'title=x' });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it('answers 404 for unknown routes and 405 with Allow for known ones', async () => {
    expect(await api.get('/nothing/here')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    const answer = await api.raw('/books/1', { method: 'PUT', headers: json, body: '{}' });
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH']);
  });

  it.each([
    ['a malformed path', 'GET /books/%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['headers of 20 KiB', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_480)}\r\n\r\n`, 431],
    ['what is not HTTP', 'HELO mail.example\r\n\r\n', 400],
  ])('answers %s as problem+json on the bare socket', async (_, text, status) => {
    const { port, hostname } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.end(text);
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
  });

  describe('writes', () => {
    it('ask for a token and say so', async () => {
      const answer = await api.raw('/books', {
        method: 'POST',
        body: '{"title":"x"}',
        headers: { 'content-type': 'application/json' },
      });
      expect(answer).toMatchObject({ status: 401, body: { code: 'TOKEN_REQUIRED' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    });

    it.each(['Bearer wrong', 'Basic abc', `bearer${WRITE_TOKEN}`, 'Bearer '])(
      'refuse %j as authorization',
      async (authorization) => {
        const answer = await api.raw('/books/1', { method: 'DELETE', headers: { authorization } });
        expect(answer).toMatchObject({ status: 401, body: { code: 'TOKEN_REQUIRED' } });
      },
    );

    it('are refused in production when there are no tokens, while reads work', async () => {
      const closed = await startService({ WRITE_TOKENS: '' });
      const other = new Api(closed.url);
      expect(await other.post('/books', { title: 'x' })).toMatchObject({
        status: 403,
        body: { code: 'WRITES_DISABLED' },
      });
      expect((await other.get('/books')).status).toBe(200);
      expect(await closed.stop()).toBe(0);
    });
  });

  describe('headers', () => {
    it('take a sane request id and make one in place of any other', async () => {
      expect((await api.get('/', { 'x-request-id': 'abc-123' })).headers.get('x-request-id')).toBe('abc-123');
      for (const id of ['x'.repeat(200), 'a b', '<script>']) {
        const given = (await api.get('/', { 'x-request-id': id })).headers.get('x-request-id');
        expect(given).toMatch(/^[0-9a-f-]{36}$/);
      }
    });

    it('set the usual security headers and no CORS', async () => {
      const { headers } = await api.get('/books', { origin: 'https://example.org' });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toMatch(/max-age/);
      expect(headers.get('content-security-policy')).toMatch(/default-src/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });

    it('allow the origins that are listed and no other', async () => {
      const open = await startService({ CORS_ORIGINS: 'https://example.org' });
      const ask = async (origin: string) =>
        (await new Api(open.url).get('/books', { origin })).headers.get('access-control-allow-origin');
      expect(await ask('https://example.org')).toBe('https://example.org');
      expect(await ask('https://evil.example')).not.toBe('https://evil.example');
      await open.stop();
    });

    it.each(['br', 'gzip'])('compress a body that is worth it with %s', async (encoding) => {
      const { headers } = await api.get('/docs-json', { 'accept-encoding': encoding });
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      const small = await api.get('/genres', { 'accept-encoding': encoding });
      expect(small.headers.get('content-encoding')).toBeNull();
    });
  });

  it('serves the index page and the documentation', async () => {
    const index = await api.get('/');
    expect(index.headers.get('content-type')).toMatch('text/html');
    expect(index.body).toContain('<h1>Evernest catalogue</h1>');
    expect((await api.get('/docs')).status).toBe(200);
    expect((await api.get('/docs-json')).body.openapi).toMatch(/^3\./);
  });

  describe('a stop', () => {
    const open = async (url: string, text: string) => {
      const { port, hostname } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(text);
      return socket;
    };

    it('waits for an idle client until it leaves, and no longer', async () => {
      const other = await startService({ GUARD_DRAIN_TIMEOUT_MS: '600000' });
      const socket = await open(other.url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(socket, 'data');
      const stopped = other.stop('SIGTERM');
      await other.wrote('stopping');
      expect(other.process.exitCode).toBeNull();
      socket.destroy();
      expect(await stopped).toBe(0);
    });

    it('cuts off at its deadline a client that never finishes its request', async () => {
      const other = await startService({ GUARD_DRAIN_TIMEOUT_MS: '300' });
      const socket = await open(
        other.url,
        `POST /books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
      );
      await new Api(other.url).get('/');
      expect(await other.stop('SIGINT')).toBe(0);
      socket.destroy();
    });
  });

  describe('health', () => {
    it.each(['/health', '/health/live', '/health/ready', '/health/startup'])(
      'answers 200 on %s',
      async (path) => {
        const { status, body } = await api.get(path);
        expect(status).toBe(200);
        expect(body).toMatchObject({ status: 'ok', info: expect.anything(), details: expect.anything() });
      },
    );

    it('lists database, migrations and drain as ready, and only the guard as a matter of life', async () => {
      expect(Object.keys((await api.get('/health/ready')).body.details).toSorted()).toEqual([
        'database',
        'drain',
        'migrations',
      ]);
      expect(Object.keys((await api.get('/health/live')).body.details)).toEqual(['guard']);
    });
  });
});
