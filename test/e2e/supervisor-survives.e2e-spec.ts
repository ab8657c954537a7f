import { SupervisedCluster, type SupervisedWorker } from '../support/supervised-cluster.js';

let cluster: SupervisedCluster;
beforeAll(async () => {
  cluster = await SupervisedCluster.start(3);
}, 90_000);
afterAll(() => cluster.dispose(), 60_000);

async function allReady(): Promise<SupervisedWorker[]> {
  return cluster.workersUntil((seen) => seen.length === 3 && seen.every(({ ready }) => ready));
}

async function supervisorPid(): Promise<number> {
  const [supervisor] = await cluster.pm2.workers('supervisor');
  return supervisor!.pid;
}

it('does nothing about workers that are not ready, because no restart brings a database back', async () => {
  const before = await allReady();
  for (const { pmId } of before) cluster.break(pmId, 'not ready');
  await cluster.workersUntil((seen) => seen.every(({ ready }) => !ready));
  const since = Date.now();
  await cluster.workersUntil(() => Date.now() - since > 15_000);
  for (const { pmId } of before) cluster.cure(pmId);

  const after = await allReady();
  expect(after.map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  expect(await cluster.decisions()).toEqual([]);
}, 90_000);

it('killed in the middle of a replacement, it brings it to an end and does nothing twice', async () => {
  const [{ pmId, pid } = { pmId: 0, pid: 0 }] = await allReady();
  await cluster.ask(`/workers/${pmId}/recycle`, 'POST');
  await cluster.workersUntil((seen) => seen.length === 4);
  process.kill(await supervisorPid(), 'SIGKILL');

  const [decision, ...others] = await cluster.decisionsUntil((seen) => seen.some(({ outcome }) => outcome));
  expect(decision).toMatchObject({ action: 'replace', worker: { pmId }, outcome: { result: 'interrupted' } });
  expect(others).toEqual([]);
  const after = await allReady();
  // Either the new one was ready, and the old one is gone, or the other way round.
  const message = decision!.outcome!.message;
  expect(after.some((worker) => worker.pid === pid)).toBe(!/replacement was complete/.test(message));
}, 90_000);

it.each([
  ['the canary works', () => cluster.pm2.workersUntil('catalog-canary', (seen) => seen.length === 1)],
  ['the first new worker is watched', () => cluster.workersUntil((seen) => seen.length === 4)],
])(
  'killed in a roll-out while %s, it removes what is new',
  async (_what, hasBegun) => {
    const before = await allReady();
    const { id } = await cluster.ask<{ id: string }>('/reload', 'POST');
    await hasBegun();
    process.kill(await supervisorPid(), 'SIGKILL');

    const decisions = await cluster.decisionsUntil((seen) =>
      seen.some((each) => each.id === id && each.outcome),
    );
    expect(decisions.find((each) => each.id === id)?.outcome).toEqual({
      result: 'interrupted',
      message: 'All workers run the code that they ran before.',
    });
    expect(await cluster.pm2.workers('catalog-canary')).toEqual([]);
    expect((await allReady()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  },
  90_000,
);

it('finds out what ended while it was away', async () => {
  const [{ pid, bootId } = { pid: 0, bootId: '' }] = await allReady();
  const supervisor = await supervisorPid();
  process.kill(supervisor, 'SIGKILL');
  process.kill(pid!, 'SIGKILL');
  const decisions = await cluster.decisionsUntil((seen) =>
    seen.some(({ worker }) => worker?.bootId === bootId),
  );
  expect(decisions.filter(({ worker }) => worker?.bootId === bootId)).toHaveLength(1);
  await allReady();
}, 90_000);
