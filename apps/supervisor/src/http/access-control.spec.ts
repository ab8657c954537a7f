import { OPS_TOKEN, startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import { resolveAccessPolicy } from './http-api-options.js';

/** A path that the pattern of a route takes. */
const pathOf = (pattern: string) => pattern.replace(':pmId', '0').replaceAll(/:[a-zA-Z]+|\*/g, 'x');

async function statusOf(asked: Promise<Response>): Promise<number> {
  const response = await asked;
  await response.body?.cancel();
  return response.status;
}

describe('access to the supervisor', () => {
  let api: OpsApi;

  beforeEach(async () => {
    api = await startOpsApi();
  });

  afterEach(() => api.stop());

  it('takes the token on every route there is, and refuses every one but health without it', async () => {
    const known = api.routes.map(({ method, url }) => `${method} ${url}`);
    expect(known).toEqual(
      expect.arrayContaining([
        'GET /workers',
        'GET /workers/:pmId',
        'GET /decisions',
        'GET /decisions/:id',
        'GET /events',
        'GET /metrics',
        'GET /docs-json',
        'GET /health/live',
        'POST /workers/:pmId/recycle',
        'POST /reload',
        'GET /log-level',
        'PUT /log-level',
        'DELETE /log-level',
        'GET /docs',
        'GET /healthy',
      ]),
    );
    for (const { method, url } of api.routes) {
      const route = { method, url };
      const isHealth = /^\/health(\/(live|ready|startup))?$/.test(url);
      const without = await statusOf(api.fetchOpenly(pathOf(url), { method }));
      expect({ ...route, isOpen: without !== 401 }).toEqual({ ...route, isOpen: isHealth });
      const status = await statusOf(api.fetch(pathOf(url), { method }));
      expect([401, 403, 429, 500]).not.toContain(status);
    }
  });

  it.each([
    ['GET', '/nothing'],
    ['DELETE', '/workers'],
    ['GET', '/health/nothing'],
    ['GET', '/healthy'],
    ['GET', '/health/../workers'],
    ['OPTIONS', '/workers'],
  ])('says 401 to %s %s without a token', async (method, path) => {
    // Unlike fetch, it sends the path as it is.
    const { statusCode } = await api.app.inject({ method: method as 'GET', url: path });
    expect(statusCode).toBe(401);
  });

  it('says 404 and 405 to those who have the token', async () => {
    expect((await api.fetch('/nothing')).status).toBe(404);
    const response = await api.fetch('/reload');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['no header', undefined],
    ['another scheme', `Basic ${OPS_TOKEN}`],
    ['no token', 'Bearer '],
    ['two tokens', `Bearer ${OPS_TOKEN} ${OPS_TOKEN}`],
  ])('asks for the token when there is %s', async (_, authorization) => {
    const response = await api.fetchOpenly('/workers', { headers: authorization ? { authorization } : {} });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="supervisor"');
    expect(await response.json()).toMatchObject({
      code: 'TOKEN_REQUIRED',
      status: 401,
      instance: '/workers',
    });
  });

  it.each([`${OPS_TOKEN}x`, OPS_TOKEN.slice(0, -1), OPS_TOKEN.toUpperCase()])(
    'refuses the wrong token %s and does not repeat it',
    async (token) => {
      const response = await api.fetchOpenly('/workers', { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
      expect(await response.text()).not.toContain(token);
    },
  );

  it('makes an address wait after ten wrong tokens, and still takes the right one', async () => {
    const wrong = () =>
      api.fetchOpenly('/reload', { method: 'POST', headers: { authorization: 'Bearer x' } });
    for (let count = 0; count < 10; count += 1) expect((await wrong()).status).toBe(401);
    const response = await wrong();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await response.json()).toMatchObject({ code: 'TOO_MANY_WRONG_TOKENS' });
    expect((await api.fetch('/workers')).status).toBe(200);
    expect((await wrong()).status).toBe(429);
    expect((await api.fetchOpenly('/workers')).status).toBe(401);
    expect((await api.fetchOpenly('/health')).status).toBe(200);
    expect(api.operations.log).toEqual([]);
  });
});

describe('access to a supervisor without a token', () => {
  it('is refused to everybody, except for health, with the reason', async () => {
    const api = await startOpsApi({ opsToken: null });
    try {
      for (const path of ['/workers', '/nothing', '/docs-json']) {
        const response = await api.fetch(path);
        expect(response.status).toBe(403);
        expect(await response.json()).toMatchObject({
          code: 'OPS_TOKEN_NOT_SET',
          detail: expect.stringMatching(/^OPS_TOKEN is not set/),
        });
      }
      expect((await api.fetch('/health/live')).status).toBe(200);
    } finally {
      await api.stop();
    }
  });

  it('is open on the routes that are said to be public', async () => {
    const api = await startOpsApi({ opsToken: null, publicRoutes: ['/metrics'] });
    try {
      expect((await api.fetch('/metrics')).status).toBe(200);
      expect((await api.fetch('/workers')).status).toBe(403);
    } finally {
      await api.stop();
    }
  });
});

describe('resolveAccessPolicy', () => {
  it.each(['', 'two words', 'ümlaut', 'line\nbreak'])(
    'refuses the token %j and does not tell it',
    (opsToken) => {
      expect(() => resolveAccessPolicy({ opsToken })).toThrow(/^opsToken must be printable ASCII/);
    },
  );

  it('names an option that does not exist', () => {
    expect(() => resolveAccessPolicy({ opsToken: null, token: 'x' } as never)).toThrow(/no option token/);
  });

  it('refuses a public route that is no path', () => {
    expect(() => resolveAccessPolicy({ opsToken: null, publicRoutes: ['page'] })).toThrow(/is "page"/);
  });
});
