import { fastify, type FastifyInstance } from 'fastify';
import { registerProblemResponses, routeMethods } from './route-methods.js';

let server: FastifyInstance;

beforeAll(async () => {
  server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
  registerProblemResponses(server, { isHidden: ({ config }) => config !== undefined && 'secret' in config });
  server.options('*', () => 'as CORS does it');
  server.get('/books/export', () => '');
  server.route({ method: ['GET', 'PATCH', 'DELETE'], url: '/books/:id', handler: () => '' });
  server.get('/versioned', { constraints: { version: '1.0.0' } }, () => '');
  server.get('/versioned', { constraints: { version: '2.0.0' } }, () => '');
  server.get('/hidden', { config: { secret: true } }, () => '');
  server.get('/half-hidden', { config: { secret: true } }, () => '');
  server.post('/half-hidden', () => '');
  await server.register(async (plugin) => plugin.post('/', () => ''), { prefix: '/plugged' });
  await server.ready();
});
afterAll(() => server.close());

describe('the methods of a path', () => {
  it.each([
    ['/books/7', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']],
    ['/books/7/', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']],
    ['/books/export', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']],
    [`/books/${'7'.repeat(500)}`, ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']],
    ['/versioned', ['GET', 'HEAD', 'OPTIONS']],
    ['/plugged', ['OPTIONS', 'POST']],
    ['/half-hidden', ['OPTIONS', 'POST']],
  ])('are those of every route that matches it, GET implying HEAD: %s', (path, methods) => {
    expect(routeMethods(server, path)).toEqual(methods);
  });

  it.each(['/nowhere', '/hidden', '/books/7/8', '/%zz', '', 'no-slash'])(
    'are none where nothing is served: %j',
    (path) => {
      expect(routeMethods(server, path)).toEqual([]);
    },
  );

  it('are none when nobody noted the routes', () => {
    expect(routeMethods(fastify(), '/books/7')).toEqual([]);
  });
});
