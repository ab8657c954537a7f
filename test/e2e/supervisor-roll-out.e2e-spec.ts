import { SteadyLoad } from '../support/steady-load.js';
import { SupervisedCluster, type RecordedDecision } from '../support/supervised-cluster.js';

let cluster: SupervisedCluster;
let traffic: SteadyLoad;
beforeAll(async () => {
  cluster = await SupervisedCluster.start(2);
}, 90_000);
beforeEach(() => {
  traffic = new SteadyLoad(cluster.pm2.port, { path: '/books?limit=1', clients: 10, pauseMs: 20 });
});
afterEach(() => traffic.stop());
afterAll(() => cluster.dispose(), 60_000);

async function processes(): Promise<(number | null)[]> {
  return (await cluster.workers()).map(({ pid }) => pid);
}

/** Rolls out the code that is on disk, broken or not, and waits for the outcome. */
async function reload(): Promise<RecordedDecision> {
  const { id } = await cluster.ask<RecordedDecision>('/reload', 'POST');
  const decisions = await cluster.decisionsUntil((seen) =>
    seen.some((each) => each.id === id && each.outcome),
  );
  return decisions.find((each) => each.id === id)!;
}

describe('new code', () => {
  it.each([
    [
      'throws at its start',
      'throw',
      /^The canary ended before it was ready: .*broken on purpose at the start/,
    ],
    ['never becomes ready', 'never ready', /^The canary was not ready within 30\.0 s/],
    ['answers 500 to everything', 'errors', /^The canary answered \/ with 500/],
    ['leaks fast', 'leak fast', /^The canary (did not stay well|ended while)/],
  ])(
    'that %s is refused, and the old code serves on without a failed request',
    async (_what, fault, message) => {
      const before = await processes();
      cluster.break('all', fault);
      const { outcome } = await reload();
      cluster.cure('all');
      await traffic.stop();

      expect(outcome).toEqual({ result: 'failed', message: expect.stringMatching(message) });
      expect(await processes()).toEqual(before);
      expect([traffic.requests > 0, traffic.failures]).toEqual([true, []]);
      expect(await cluster.pm2.workers('catalog-canary')).toEqual([]);
    },
    110_000,
  );

  it('that is well replaces the old one without a failed request', async () => {
    const before = await processes();
    const { outcome, action } = await reload();
    await traffic.stop();

    expect({ action, outcome }).toEqual({
      action: 'reload',
      outcome: { result: 'done', message: 'All 2 workers run the new code.' },
    });
    const after = await processes();
    expect(after).toHaveLength(2);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    expect([traffic.requests > 0, traffic.failures]).toEqual([true, []]);
  }, 110_000);
});

it('fails half way and leaves all workers as they were, if a later new worker is not well', async () => {
  const before = await processes();
  const outcome = reload();
  await cluster.workersUntil((seen) => seen.length === 3 && seen.every(({ ready }) => ready));
  cluster.break('all', 'throw');
  const decision = await outcome;
  cluster.cure('all');
  await traffic.stop();

  expect(decision.outcome).toEqual({
    result: 'failed',
    message: expect.stringMatching(/^The new worker ended before it was ready/),
  });
  expect(await processes()).toEqual(before);
  expect([traffic.requests > 0, traffic.failures]).toEqual([true, []]);
}, 110_000);

describe('a worker that is to be replaced', () => {
  it('goes on if the new one cannot start, and nothing is left of that one', async () => {
    const before = await cluster.workers();
    const [{ pmId } = { pmId: 0 }] = before;
    cluster.break('all', 'throw');
    const { id } = await cluster.ask<RecordedDecision>(`/workers/${pmId}/recycle`, 'POST');
    const decisions = await cluster.decisionsUntil((seen) =>
      seen.some((each) => each.id === id && each.outcome),
    );
    cluster.cure('all');
    await traffic.stop();

    expect(decisions.find((each) => each.id === id)?.outcome).toEqual({
      result: 'failed',
      message: expect.stringMatching(/^The new worker ended before it was ready/),
    });
    expect((await cluster.workers()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
    expect([traffic.requests > 0, traffic.failures]).toEqual([true, []]);
  }, 110_000);
});
