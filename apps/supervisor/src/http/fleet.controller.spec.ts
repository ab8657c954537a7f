import { EXPOSITION, startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import type { Decision } from '../decisions/decision.js';

describe('the fleet', () => {
  let api: OpsApi;
  const put = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    api.fetch('/log-level', { method: 'PUT', body, headers });

  beforeEach(async () => {
    api = await startOpsApi();
  });

  afterEach(() => api.stop());

  it('rolls out new code on demand', async () => {
    const response = await api.fetch('/reload', { method: 'POST' });
    expect(response.status).toBe(202);
    const decision = (await response.json()) as Decision;
    expect(decision).toMatchObject({ action: 'reload', worker: null, outcome: null });
    expect(response.headers.get('location')).toBe(`/decisions/${decision.id}`);
  });

  it('changes what it logs, all of it', async () => {
    api.operations.deaf.add(1);
    const response = await put('{"level":"debug"}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ changed: [0, 2], failed: [1] });
    expect([...api.operations.levels]).toEqual([
      [0, 'debug'],
      [2, 'debug'],
    ]);
  });

  it('changes what one worker logs, number 0 included', async () => {
    const response = await put('{"level":"warn","worker":0}');
    expect(await response.json()).toEqual({ changed: [0], failed: [] });
    expect([...api.operations.levels]).toEqual([[0, 'warn']]);
  });

  it('knows that a worker is unknown', async () => {
    const response = await put('{"level":"warn","worker":7}');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'WORKER_UNKNOWN' });
  });

  it('says which level its workers refuse', async () => {
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

  it('is measured as a whole', async () => {
    const response = await api.fetch('/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toBe(EXPOSITION);
  });

  it('says no more than that it failed when its metrics fail', async () => {
    api.metrics.fleetExposition.mockRejectedValueOnce(new Error('secret'));
    const response = await api.fetch('/metrics');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });
});
