import { decisionOf, SEEN_AT_MS, workerOf } from '../../../../test/support/operations-in-memory.js';
import { startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import type { Decision } from '../decisions/decision.js';
import type { Worker } from '../fleet/worker.js';
import type { WorkerDetailsView } from './worker.view.js';

const about = (pmId: number) => ({ worker: { pmId, pid: 4000 + pmId, bootId: `boot-${pmId}` } });

describe('the workers', () => {
  let api: OpsApi;
  const get = async <T>(path: string) => (await api.fetch(path)).json() as Promise<T>;

  beforeEach(async () => {
    api = await startOpsApi();
  });

  afterEach(() => api.stop());

  it('are told as they were last seen, each with the newest decision about it', async () => {
    const { workers, log } = api.operations;
    workers.splice(
      1,
      2,
      workerOf(1, {
        state: 'crashed',
        pid: null,
        bootId: null,
        startedAtMs: null,
        ageMs: null,
        isReady: false,
        restarts: 3,
        silentForMs: 1200,
      }),
    );
    log.push(decisionOf(1, about(1)), decisionOf(2, about(1)), decisionOf(3));
    expect(await get('/workers')).toEqual({
      at: new Date(SEEN_AT_MS).toISOString(),
      expectedWorkers: 3,
      workers: [
        {
          pmId: 0,
          pid: 4000,
          bootId: 'boot-0',
          state: 'online',
          ready: true,
          restarts: 0,
          startedAt: new Date(SEEN_AT_MS - 90_500).toISOString(),
          uptimeSeconds: 90,
          silentForMs: 0,
          budgetLeft: 5,
          guard: null,
          lastDecision: null,
        },
        {
          pmId: 1,
          pid: null,
          bootId: null,
          state: 'crashed',
          ready: false,
          restarts: 3,
          startedAt: null,
          uptimeSeconds: null,
          silentForMs: 1200,
          budgetLeft: 2,
          guard: null,
          lastDecision: decisionOf(2, about(1)),
        },
      ],
    });
  });

  it('are as old as they said last, whatever becomes of the clock', async () => {
    const guard = { uptimeSeconds: 200 } as NonNullable<Worker['guard']>;
    api.operations.workers[0] = workerOf(0, {
      startedAtMs: SEEN_AT_MS - 3_600_000,
      guard,
      silentForMs: 1500,
    });
    expect(await get('/workers/0')).toMatchObject({ uptimeSeconds: 201 });
  });

  it('are told one by one with their last twenty decisions, newest first', async () => {
    for (let number = 0; number < 50; number += 1) {
      api.operations.log.push(decisionOf(number, about(number % 2)));
    }
    const { decisions, ...worker } = await get<WorkerDetailsView>('/workers/1');
    expect(worker).toMatchObject({ pmId: 1, lastDecision: decisionOf(49, about(1)) });
    expect(decisions).toHaveLength(20);
    expect(decisions[0]).toEqual(decisionOf(49, about(1)));
    expect(decisions[19]).toEqual(decisionOf(11, about(1)));
  });

  it.each([
    ['GET', '/workers/7'],
    ['POST', '/workers/7/recycle'],
  ])('are unknown to %s %s', async (method, path) => {
    const response = await api.fetch(path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'WORKER_UNKNOWN',
      detail: expect.stringMatching(/^There is no worker 7\./),
    });
  });

  it.each(['-1', '1.5', '1e3', '01', 'x', '%20', '9999999999', '0x1'])(
    'have no number like %s',
    async (text) => {
      for (const method of ['GET', 'POST']) {
        const response = await api.fetch(`/workers/${text}${method === 'POST' ? '/recycle' : ''}`, {
          method,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          code: 'VALIDATION_FAILED',
          errors: [{ field: 'pmId' }],
        });
      }
    },
  );

  it('are recycled on demand: the decision is under way, and the Location tells how it goes on', async () => {
    const response = await api.fetch('/workers/2/recycle', { method: 'POST' });
    expect(response.status).toBe(202);
    const decision = (await response.json()) as Decision;
    expect(decision).toMatchObject({ action: 'replace', worker: { pmId: 2 }, outcome: null });
    const location = response.headers.get('location') ?? '';
    expect(location).toBe(`/decisions/${decision.id}`);
    api.operations.finish();
    expect(await get(location)).toMatchObject({ id: decision.id, outcome: { result: 'done' } });
  });

  it.each([
    ['/workers/0/recycle', '/workers/2/recycle', 'replace of worker 2'],
    ['/reload', '/workers/2/recycle', 'replace of worker 2'],
    ['/workers/0/recycle', '/reload', 'reload'],
    ['/reload', '/reload', 'reload'],
  ])('refuse %s while %s is under way, and say so', async (asked, underWay, words) => {
    const begun = await api.fetch(underWay, { method: 'POST' });
    const { id } = (await begun.json()) as Decision;
    const response = await api.fetch(asked, { method: 'POST' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'ACTION_UNDER_WAY',
      detail: `Decision ${id} is under way: ${words}. Ask again once GET /decisions/${id} has its outcome.`,
    });
    expect(api.operations.log).toHaveLength(1);
    api.operations.finish();
    expect((await api.fetch(asked, { method: 'POST' })).status).toBe(202);
  });
});
