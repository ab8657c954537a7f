import type { GuardStatus } from '@evernest/process-guard';
import { workerChanges } from './worker-changes.js';
import type { Fleet, Worker } from './worker.js';

const guard = { verdict: 'healthy', rssBytes: 1 } as GuardStatus;
const worker: Worker = {
  pmId: 0,
  pid: 4711,
  bootId: 'boot',
  state: 'online',
  restarts: 0,
  startedAtMs: 1,
  ageMs: 1,
  isReady: true,
  silentForMs: 0,
  guard,
};

function fleet(...workers: Worker[]): Fleet {
  return { atMs: 0, workers };
}

describe('what of a fleet has changed', () => {
  it('is everybody at the first look', () => {
    expect(workerChanges(undefined, fleet(worker))).toEqual([worker]);
  });

  it.each<Partial<Worker>>([
    { state: 'stopping' },
    { pid: 4712 },
    { isReady: false },
    { silentForMs: 100 },
    { guard: { ...guard, verdict: 'recycle' } },
  ])('is a worker with %j', (change) => {
    const changed = { ...worker, ...change };
    expect(workerChanges(fleet(worker), fleet(changed))).toEqual([changed]);
  });

  it('is nobody whose figures move, and nobody who goes on being silent', () => {
    const moved = { ...worker, guard: { ...guard, rssBytes: 2 } };
    expect(workerChanges(fleet(worker), fleet(moved))).toEqual([]);
    expect(workerChanges(fleet({ ...worker, silentForMs: 1 }), fleet({ ...worker, silentForMs: 2 }))).toEqual(
      [],
    );
  });

  it('is one that is gone', () => {
    expect(workerChanges(fleet(worker), fleet())).toEqual([
      { ...worker, pid: null, state: 'stopped', isReady: false },
    ]);
  });
});
