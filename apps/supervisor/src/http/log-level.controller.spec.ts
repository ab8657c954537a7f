import { startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';

describe('the log level', () => {
  let api: OpsApi;
  const put = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    api.fetch('/log-level', { method: 'PUT', body, headers });
  /** Of each worker that was asked. */
  const levels = () =>
    Object.fromEntries(Array.from(api.operations.levels, ([pmId, each]) => [pmId, each.levelOf()]));

  beforeAll(async () => {
    api = await startOpsApi();
  });

  afterAll(() => api.stop());

  afterEach(() => {
    for (const each of api.operations.levels.values()) each.stop();
    api.operations.levels.clear();
    api.operations.deaf.clear();
  });

  it('is changed for all workers, and who did not answer is named', async () => {
    api.operations.deaf.add(1);
    const response = await put('{"level":"debug"}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ changed: [0, 2], failed: [1] });
    expect(levels()).toEqual({ 0: 'debug', 2: 'debug' });
  });

  it('is changed for one worker, number 0 included', async () => {
    const response = await put('{"level":"warn","worker":0}');
    expect(await response.json()).toEqual({ changed: [0], failed: [] });
    expect(levels()).toEqual({ 0: 'warn' });
  });

  it('is of no worker that does not exist', async () => {
    const response = await put('{"level":"warn","worker":7}');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'WORKER_UNKNOWN' });
  });

  it('that the workers refuse is told with their reason', async () => {
    const response = await put('{"level":"verbose"}');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'LOG_LEVEL_REFUSED',
      detail: 'The workers do not know the level verbose.',
    });
  });

  it.each([
    ['{}', 'level'],
    ['{"level":"loud"}', 'level'],
    ['{"level":null}', 'level'],
    ['{"level":["info"]}', 'level'],
    ['{"level":"info","worker":"0"}', 'worker'],
    ['{"level":"info","worker":-1}', 'worker'],
    ['{"level":"info","worker":0.5}', 'worker'],
    ['{"level":"info","worker":1e12}', 'worker'],
    ['{"level":"info","context":""}', 'context'],
    [`{"level":"info","context":"${'x'.repeat(101)}"}`, 'context'],
    ['{"level":"info","context":7}', 'context'],
    ['{"level":"info","forMs":999}', 'forMs'],
    ['{"level":"info","forMs":86400001}', 'forMs'],
    ['{"level":"info","forMs":1000.5}', 'forMs'],
    ['{"level":"info","forMs":"5m"}', 'forMs'],
    ['{"level":"info","pmId":0}', 'pmId'],
    ['{"level":"info","toString":0}', 'toString'],
    ['[]', 'body'],
    ['null', 'body'],
    ['"info"', 'body'],
    [`{"level":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'level'],
  ])('does not take %.40s: the field is named', async (body, field) => {
    const response = await put(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
    expect(api.operations.levels.size).toBe(0);
  });

  it.each([
    ['{"level":', 'application/json', 400, 'MALFORMED_JSON'],
    ['{"__proto__":{}}', 'application/json', 400, 'MALFORMED_JSON'],
    ['', 'application/json', 400, 'EMPTY_BODY'],
    ['level=info', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [`{"level":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('does not take %.20s as %s', async (body, type, status, code) => {
    const response = await put(body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });

  it('is changed for a context and a while, and told until when', async () => {
    api.operations.deaf.add(1).add(2);
    await put('{"level":"debug","context":"BooksService","forMs":300000}');
    expect(await (await api.fetch('/log-level')).json()).toEqual({
      workers: [
        {
          pmId: 0,
          levels: {
            level: 'info',
            contexts: [
              { context: 'BooksService', level: 'debug', until: expect.stringMatching(/^\d{4}-.*Z$/) },
            ],
          },
        },
        { pmId: 1, levels: null },
        { pmId: 2, levels: null },
      ],
    });
  });

  it('takes null for what is not given', async () => {
    expect((await put('{"level":"debug","context":null,"forMs":null,"worker":null}')).status).toBe(200);
    expect(levels()).toEqual({ 0: 'debug', 1: 'debug', 2: 'debug' });
  });

  it.each([
    ['', { 0: ['info', 'info'], 1: ['info', 'info'], 2: ['info', 'info'] }],
    ['?worker=1', { 0: ['debug', 'debug'], 1: ['info', 'info'], 2: ['debug', 'debug'] }],
    ['?worker=0&context=A', { 0: ['debug', 'debug'], 1: ['debug', 'debug'], 2: ['debug', 'debug'] }],
    ['?context=BooksService', { 0: ['debug', 'info'], 1: ['debug', 'info'], 2: ['debug', 'info'] }],
  ])('is as configured again after DELETE /log-level%s', async (query, expected) => {
    await put('{"level":"debug"}');
    await put('{"level":"debug","context":"BooksService"}');
    const response = await api.fetch(`/log-level${query}`, { method: 'DELETE' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ failed: [] });
    const found = Array.from(api.operations.levels, ([pmId, each]) => {
      const { level, contexts } = each.current();
      return [pmId, [level, contexts[0]?.level ?? 'info']];
    });
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it.each([
    ['?worker=9', 404],
    ['?worker=x', 400],
    ['?context=', 400],
    ['?level=info', 400],
  ])('is not reset by DELETE /log-level%s: %d', async (query, status) => {
    expect((await api.fetch(`/log-level${query}`, { method: 'DELETE' })).status).toBe(status);
    expect(levels()).toEqual({});
  });
});
