import { decisionOf } from '../../../../test/support/operations-in-memory.js';
import { startOpsApi, type OpsApi } from '../../../../test/support/ops-api.js';
import type { DecisionListView } from './decision.view.js';

const DECISIONS = Array.from({ length: 100 }, (_, number) =>
  decisionOf(number, {
    worker: number % 3 === 0 ? { pmId: 0, pid: 1, bootId: null } : null,
    // As a roll-out, which ends many workers.
    ...(number === 10 && {
      evidence: { ends: [{ pmId: 7, pid: 2, bootId: null, startedAtMs: 1, atMs: 2 }] },
    }),
  }),
);

describe('the decisions', () => {
  let api: OpsApi;
  const get = async <T>(path: string) => (await api.fetch(path)).json() as Promise<T>;
  const reasons = async (query: string) =>
    (await get<DecisionListView>(`/decisions${query}`)).items.map(({ reason }) => reason);

  beforeAll(async () => {
    api = await startOpsApi();
    api.operations.log.push(...DECISIONS);
  });

  afterAll(() => api.stop());

  it('come newest first, fifty of them', async () => {
    const { items } = await get<DecisionListView>('/decisions');
    expect(items).toEqual(DECISIONS.toReversed().slice(0, 50));
  });

  it('can be narrowed to one worker, to a number, and to those before another', async () => {
    expect(await reasons('?limit=2')).toEqual(['reason 99', 'reason 98']);
    expect(await reasons('?limit=2&worker=0')).toEqual(['reason 99', 'reason 96']);
    expect(await reasons(`?limit=2&worker=0&before=${DECISIONS[96]?.id}`)).toEqual([
      'reason 93',
      'reason 90',
    ]);
    expect(await reasons('?worker=5')).toEqual([]);
    expect(await reasons('?worker=7')).toEqual(['reason 10']);
    expect(await reasons('?limit=1000')).toHaveLength(100);
  });

  it('can be walked through page by page, each once', async () => {
    const walked: string[] = [];
    let before = '';
    for (;;) {
      const { items } = await get<DecisionListView>(`/decisions?limit=7${before && `&before=${before}`}`);
      if (items.length === 0) break;
      walked.push(...items.map(({ id }) => id));
      before = walked.at(-1) ?? '';
    }
    expect(walked).toEqual(DECISIONS.map(({ id }) => id).toReversed());
  });

  it('are told one by one', async () => {
    expect(await get(`/decisions/${DECISIONS[3]?.id}`)).toEqual(DECISIONS[3]);
  });

  it.each(['nothing', 'toString', '%00'])('are unknown by the id %s', async (id) => {
    const response = await api.fetch(`/decisions/${id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'DECISION_UNKNOWN' });
  });

  it('are not listed up to a word: the fault is named that comes first', async () => {
    const { errors } = await get<{ errors: object[] }>('/decisions?limit=x');
    expect(errors).toEqual([{ field: 'limit', message: 'must be an integer number' }]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['worker=-1', 'worker'],
    ['worker=x', 'worker'],
    ['worker=', 'worker'],
    ['worker=9999999999', 'worker'],
    [`before=${'x'.repeat(101)}`, 'before'],
    ['before=a&before=b', 'before'],
    ['after=1', 'after'],
    ['toString=1', 'toString'],
  ])('are not listed for ?%s: the field is named', async (query, field) => {
    const response = await api.fetch(`/decisions?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
  });
});
