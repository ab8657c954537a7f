import { EXPOSITION, startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import type { Decision } from '../decisions/decision.js';

describe('the fleet', () => {
  let api: OpsApi;

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
