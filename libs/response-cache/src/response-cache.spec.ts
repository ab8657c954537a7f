import { once, EventEmitter } from 'node:events';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { LONG_TEXT, startCachedApp, type CachedApp } from './cached-app.fixture.js';
import { ask, type Answer } from './http-client.fixture.js';

function textOf({ body }: Answer): string {
  return (JSON.parse(body.toString()) as { text: string }).text;
}

describe('a cached response', () => {
  let app: CachedApp;
  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(`${app.url}/things/${path}`, headers);

  beforeEach(async () => (app = await startCachedApp()));
  afterEach(() => app.close());

  it('is answered again without its handler', async () => {
    const [first, second] = [await get('1'), await get('1')];
    expect(app.source.calls).toBe(1);
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.headers['content-length']).toBe(String(first.body.length));
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(first.headers['cache-status']).toBeUndefined();
    expect(second.headers['cache-status']).toBe('response-cache; hit');
    expect(second.headers.etag).toMatch(/^"[0-9a-f]{40}"$/);
  });

  it('has the headers that its handler set', async () => {
    await get('linked');
    expect((await get('linked')).headers.link).toBe('</things>; rel="up"');
    expect(app.source.calls).toBe(1);
  });

  it('is made anew once something has changed', async () => {
    await get('1');
    app.source.text = 'second';
    app.source.version = 2;
    expect(textOf(await get('1'))).toBe('second');
    expect(textOf(await get('1'))).toBe('second');
    expect(app.source.calls).toBe(2);
  });

  it('comes from the handler while nobody knows what has changed, and is not stored then', async () => {
    await get('1');
    app.source.version = undefined;
    await get('1');
    await get('2');
    app.source.version = 1;
    await get('2');
    expect(app.source.calls).toBe(4);
  });

  it('is not stored if something changed while it was made', async () => {
    app.source.onCall = () => {
      app.source.version = 2;
      app.source.text = 'second';
    };
    expect(textOf(await get('1'))).toBe('first');
    expect(textOf(await get('1'))).toBe('second');
  });

  it('is another one for each query', async () => {
    await get('1?page=1');
    await get('1?page=2');
    expect(app.source.calls).toBe(2);
  });

  it('is another one for each version of its route', async () => {
    for (const [version, text] of [
      ['1', 'one'],
      ['2', 'two'],
      ['1', 'one'],
    ] as const) {
      expect(textOf(await get('versioned', { 'x-version': version }))).toBe(text);
    }
    expect(app.cache.figures).toMatchObject({ hits: 1, misses: 2 });
  });

  it.each([
    ['with authorization', { authorization: 'Bearer x' }],
    ['with Cache-Control: no-cache', { 'cache-control': 'no-cache' }],
    ['with Cache-Control: no-store', { 'cache-control': 'max-age=0, NO-STORE' }],
  ])('neither serves nor comes of a request %s', async (_what, headers) => {
    await get('1', headers);
    await get('1');
    await get('1', headers);
    expect(app.source.calls).toBe(3);
  });

  it.each(['missing', 'with-cookie', 'private', 'by-language', 'encoded', 'stream', 'never'])(
    'is not stored for things/%s',
    async (path) => {
      const [first, second] = [await get(path), await get(path)];
      expect(app.source.calls).toBe(2);
      expect(second.status).toBe(first.status);
      expect(second.body).toEqual(first.body);
      expect(app.cache.figures.answers).toBe(0);
    },
  );

  it('leaves the configuration of its route alone', async () => {
    const routes: unknown[] = [];
    const other = await startCachedApp({}, (fastify) => {
      fastify.addHook('onRoute', ({ url, config }) => void routes.push([url, config]));
    });
    expect(routes).toContainEqual(['/things/configured/:id', expect.objectContaining({ colour: 'red' })]);
    await ask(`${other.url}/things/configured/1`);
    await ask(`${other.url}/things/configured/1`);
    expect(other.source.calls).toBe(1);
    await other.close();
  });

  it('says how it went', async () => {
    await get('1');
    await get('1');
    await get('1', { authorization: 'Bearer x' });
    const { figures } = app.cache;
    expect(figures).toMatchObject({ hits: 1, misses: 1, bypasses: 1, answers: 1 });
    expect(figures.bytes).toBeGreaterThan(0);
  });

  describe('for a client that has it', () => {
    it.each(['GET', 'HEAD'])('is 304 to %s, made or stored', async (method) => {
      const { etag = '' } = (await get('never-asked-before')).headers;
      for (const path of ['1', '1']) {
        const { status, headers, body } = await get(path, { method, 'if-none-match': etag });
        expect(status).toBe(304);
        expect(headers.etag).toBe(etag);
        expect(headers['content-type']).toBeUndefined();
        expect(body.length).toBe(0);
      }
      expect(app.source.calls).toBe(2);
    });

    it('varies as its 200 does', async () => {
      const { etag = '', vary } = (await get('long')).headers;
      expect(vary).toBe('accept-encoding');
      expect((await get('long', { 'if-none-match': etag })).headers.vary).toBe(vary);
    });
  });

  describe('to HEAD', () => {
    it.each([
      ['GET', 'HEAD'],
      ['HEAD', 'GET'],
    ])('is the one that %s has left for %s', async (one, other) => {
      const answers = [await get('1', { method: one }), await get('1', { method: other })];
      expect(app.source.calls).toBe(1);
      const lengths = answers.map(({ headers }) => headers['content-length']);
      expect(lengths).toEqual(['16', '16']);
      expect(answers.map(({ body }) => body.length)).toEqual(one === 'HEAD' ? [0, 16] : [16, 0]);
    });
  });

  describe('compressed', () => {
    it.each([
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const)('is %s for those who accept that, made or stored', async (encoding, decode) => {
      for (const time of [1, 2]) {
        const { headers, body } = await get('long', { 'accept-encoding': encoding });
        expect(headers['content-encoding']).toBe(encoding);
        expect(headers['content-length']).toBe(String(body.length));
        expect(headers.vary).toBe('accept-encoding');
        expect(JSON.parse(decode(body).toString())).toEqual({ text: LONG_TEXT });
        expect(app.source.calls).toBe(Math.min(time, 1));
      }
    });

    it('is plain for all others, whoever was first', async () => {
      await get('long', { 'accept-encoding': 'br' });
      const { headers, body } = await get('long');
      expect(headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(body.toString())).toEqual({ text: LONG_TEXT });
      expect(app.source.calls).toBe(1);
    });

    it('does not happen to bodies that are small', async () => {
      const { headers } = await get('1', { 'accept-encoding': 'br' });
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers.vary).toBeUndefined();
    });
  });

  describe('that many ask for at once', () => {
    let open: () => void;

    beforeEach(() => {
      app.source.gate = new Promise((resolve) => (open = resolve));
    });

    /** Asks, and resolves once the application has begun with it. */
    async function begun(path: string, signal?: AbortSignal): Promise<{ answer: Promise<Answer> }> {
      const arrived = once(arrivals, 'request');
      const answer = ask(`${app.url}/things/${path}`, {}, signal);
      await arrived;
      return { answer };
    }

    const arrivals = new EventEmitter();
    beforeEach(async () => {
      const { source } = app;
      await app.close();
      app = await startCachedApp({}, (fastify: FastifyInstance) => {
        fastify.server.on('request', () => arrivals.emit('request'));
      });
      app.source.gate = source.gate;
    });

    it('is made once', async () => {
      const asked = [await begun('1'), await begun('1'), await begun('1')];
      open();
      const texts = (await Promise.all(asked.map(({ answer }) => answer))).map(textOf);
      expect(texts).toEqual(['first', 'first', 'first']);
      expect(app.source.calls).toBe(1);
      expect(app.cache.figures).toMatchObject({ hits: 2, misses: 1 });
    });

    it('is made again for those who ask after something changed', async () => {
      const early = await begun('1');
      app.source.text = 'second';
      app.source.version = 2;
      const late = await begun('1');
      open();
      expect(textOf(await early.answer)).toBe('first');
      expect(textOf(await late.answer)).toBe('second');
      expect(textOf(await get('1'))).toBe('second');
      expect(app.source.calls).toBe(2);
    });

    it('leaves alone what was stored since something changed', async () => {
      const early = await begun('1');
      app.source.version = 2;
      app.source.gate = Promise.resolve();
      await get('2');
      open();
      await early.answer;
      await get('2');
      expect(app.source.calls).toBe(2);
    });

    it('is made for each of them if the first may not share it', async () => {
      const asked = [await begun('private'), await begun('private')];
      open();
      for (const { answer } of asked) expect(textOf(await answer)).toBe('first');
      expect(app.source.calls).toBe(2);
    });

    it('is made for the others when the client of the first has left', async () => {
      const leaving = new AbortController();
      const first = await begun('1', leaving.signal);
      const second = await begun('1');
      leaving.abort();
      await expect(first.answer).rejects.toThrow('aborted');
      // The gate is still shut: only a handler of its own can tell that the second goes on.
      while (app.source.calls < 2) await new Promise(setImmediate);
      open();
      expect(textOf(await second.answer)).toBe('first');
    });
  });

  describe('beside other hooks', () => {
    it('has the headers of its own request, and those that hooks add to every answer', async () => {
      let count = 0;
      const other = await startCachedApp({}, (fastify) => {
        fastify.addHook('onRequest', (_request, reply, done) => {
          reply.header('x-request-id', String((count += 1)));
          reply.header('vary', 'origin');
          done();
        });
        fastify.addHook('onSend', (_request, reply, payload, done) => {
          reply.header('x-frame-options', 'DENY');
          done(null, payload);
        });
      });
      for (const id of ['1', '2']) {
        const { headers } = await ask(`${other.url}/things/long`);
        expect(headers['x-request-id']).toBe(id);
        expect(headers['x-frame-options']).toBe('DENY');
        expect(headers.vary).toBe('origin, accept-encoding');
      }
      expect(other.source.calls).toBe(1);
      await other.close();
    });

    it('is not stored if its handler changed what a hook had set', async () => {
      const other = await startCachedApp({}, (fastify) => {
        fastify.addHook('onRequest', (_request, reply, done) => {
          reply.header('x-colour', 'of the hook');
          done();
        });
      });
      for (let time = 1; time <= 2; time += 1) {
        const { headers } = await ask(`${other.url}/things/headed`);
        expect(headers['x-colour']).toBe('of the handler');
      }
      expect(other.source.calls).toBe(2);
      await other.close();
    });

    it('is seen by those that a plugin gives to routes, whenever it is registered', async () => {
      let seen = 0;
      const other = await startCachedApp({}, (fastify) => {
        // As @fastify/rate-limit does it; plugins load after the modules of Nest.
        const plugin = async (instance: FastifyInstance) => {
          instance.addHook('onRoute', (route) => {
            const count: onRequestHookHandler = (_request, _reply, done) => done(void (seen += 1));
            route.onRequest = [route.onRequest ?? [], count].flat();
          });
        };
        void fastify.register(Object.assign(plugin, { [Symbol.for('skip-override')]: true }));
      });
      await ask(`${other.url}/things/1`);
      await ask(`${other.url}/things/1`);
      expect(other.source.calls).toBe(1);
      expect(seen).toBe(2);
      await other.close();
    });

    it('is seen by those of onResponse, with its status and length', async () => {
      const seen: unknown[] = [];
      const other = await startCachedApp({}, (fastify) => {
        fastify.addHook('onResponse', (_request, reply, done) => {
          seen.push([reply.statusCode, reply.getHeader('content-length')]);
          done();
        });
      });
      const { etag = '' } = (await ask(`${other.url}/things/1`)).headers;
      await ask(`${other.url}/things/1`);
      await ask(`${other.url}/things/1`, { 'if-none-match': etag });
      expect(seen).toEqual([
        [200, '16'],
        [200, '16'],
        [304, undefined],
      ]);
      await other.close();
    });
  });

  describe('in bounded memory', () => {
    it('stays if it is asked for again and again, and leaves if it is not', async () => {
      const maxBytes = 8 * 1500;
      const bounded = await startCachedApp({ maxBytes });
      const find = (id: string) => ask(`${bounded.url}/things/${id}`);
      for (let other = 1; other <= 20; other += 1) {
        await find('popular');
        await find(`other-${other}`);
        expect(bounded.cache.figures.bytes).toBeLessThanOrEqual(maxBytes);
      }
      expect(bounded.source.calls).toBe(21);
      await find('popular');
      expect(bounded.source.calls).toBe(21);
      await find('other-1');
      expect(bounded.source.calls).toBe(22);
      await bounded.close();
    });

    it('is not stored if it alone is too large, or if nothing is to be stored', async () => {
      for (const maxBytes of [100, 0]) {
        const none = await startCachedApp({ maxBytes });
        await ask(`${none.url}/things/1`);
        await ask(`${none.url}/things/1`);
        expect(none.source.calls).toBe(2);
        expect(none.cache.figures.bytes).toBe(0);
        await none.close();
      }
    });
  });
});
