import type { GuardStatus } from '@evernest/process-guard';
import type { Fleet, Worker } from '../fleet/worker.js';
import { decide, type History, type Intent, type ParkedWorker, type PolicyOptions } from './decide.js';
import { emptyHistory } from './history.js';
import { settle } from './settle.js';

const NOW = 1_000_000;
const HOUR_MS = 3_600_000;

const options: PolicyOptions = {
  expectedWorkers: 3,
  silenceLimitMs: 3000,
  startLimitMs: 30_000,
  budget: 5,
  budgetWindowMs: 30_000,
  coolDownMs: 30_000,
  longestCoolDownMs: 900_000,
};

function said(status: Partial<GuardStatus> = {}): GuardStatus {
  return { verdict: 'healthy', reason: null, rssBytes: 1, ...status } as GuardStatus;
}

const grows = 'The heap keeps 600 MB after each collection.';
const asksToBeReplaced: Partial<Worker> = { guard: said({ verdict: 'recycle', reason: grows }) };
const isGone: Partial<Worker> = { pid: null, startedAtMs: null, ageMs: null, isReady: false, guard: null };

function healthyWorker(pmId: number): Worker {
  return {
    pmId,
    pid: 100 + pmId,
    bootId: `boot-${pmId}`,
    state: 'online',
    restarts: 0,
    startedAtMs: NOW - HOUR_MS,
    ageMs: HOUR_MS,
    isReady: true,
    silentForMs: 0,
    guard: said(),
  };
}

/** As many healthy workers as there are parts, changed by these. */
function fleetOf(...parts: readonly Partial<Worker>[]): Fleet {
  const workers = parts.map((part, pmId) => Object.assign(healthyWorker(pmId), part));
  return { atMs: NOW, workers };
}

function silentFor(silentForMs: number): Partial<Worker> {
  return { silentForMs, isReady: false };
}

function historyOf(part: Partial<History>): History {
  return { ...emptyHistory, ...part };
}

function endsOf(pmId: number, times: number, agoMs = 10_000): History['ends'] {
  return Array.from({ length: times }, () => ({ pmId, atMs: NOW - agoMs }));
}

function parked(part: Partial<ParkedWorker>): Pick<History, 'parked'> {
  return { parked: [{ pmId: 0, times: 1, parkedAtMs: NOW - 10_000, triedAtMs: null, ...part }] };
}

function brief(intents: readonly Intent[]): readonly string[] {
  return intents.map(({ action, pmId }) => (pmId === null ? action : `${action} ${pmId}`));
}

function decided(
  fleet: Fleet,
  history: History = emptyHistory,
  other: Partial<PolicyOptions> = {},
): readonly string[] {
  return brief(decide(fleet, history, { ...options, ...other }));
}

describe('a healthy fleet', () => {
  it('is left alone', () => {
    expect(decided(fleetOf({}, {}, {}))).toEqual([]);
  });

  it('is left alone while nothing is ready, for as long as that takes', () => {
    expect(decided(fleetOf({ isReady: false }, { isReady: false }, { isReady: false }))).toEqual([]);
  });

  it('is left alone while it is strained', () => {
    expect(decided(fleetOf({ guard: said({ verdict: 'strained' }) }, {}, {}))).toEqual([]);
  });
});

describe('a silent worker', () => {
  it('is killed at the limit and not before', () => {
    expect(decided(fleetOf({}, {}, silentFor(2999)))).toEqual([]);
    expect(decide(fleetOf({}, {}, silentFor(3200)), emptyHistory, options)).toEqual([
      { action: 'kill', pmId: 2, reason: 'Worker 2 has answered nothing for 3.2 s.' },
    ]);
  });

  it('may be one of two', () => {
    expect(decided(fleetOf({}, silentFor(3000)), emptyHistory, { expectedWorkers: 2 })).toEqual(['kill 1']);
  });

  it('may be the only one', () => {
    expect(decided(fleetOf(silentFor(3000)), emptyHistory, { expectedWorkers: 1 })).toEqual(['kill 0']);
  });

  it('is killed later the less it has been silent', () => {
    expect(decided(fleetOf(silentFor(3000), {}, silentFor(9000), {}, {}))).toEqual(['kill 2']);
  });

  it('may start for as long as the limit for starts says', () => {
    const starting = { ...silentFor(29_900), guard: null };
    expect(decided(fleetOf({ ...starting, ageMs: 29_999 }, {}, {}))).toEqual([]);
    expect(decided(fleetOf({ ...starting, ageMs: 30_000 }, {}, {}))).toEqual(['kill 0']);
  });

  it('is not killed by a new supervisor that has just begun to listen', () => {
    expect(decided(fleetOf({ ...silentFor(1000), guard: null }, {}, {}))).toEqual([]);
    expect(decided(fleetOf({ ...silentFor(3000), guard: null }, {}, {}))).toEqual(['kill 0']);
  });

  it('is not killed while it drains', () => {
    expect(decided(fleetOf({ ...silentFor(60_000), state: 'stopping' }, {}, {}))).toEqual([]);
  });
});

describe('a worker that asks to be recycled', () => {
  it('is replaced, for the reason that it gives', () => {
    expect(decide(fleetOf({}, asksToBeReplaced, {}), emptyHistory, options)).toEqual([
      { action: 'replace', pmId: 1, reason: `Worker 1 asks to be replaced: ${grows}` },
    ]);
  });

  it('waits until all others are ready', () => {
    expect(decided(fleetOf(asksToBeReplaced, { isReady: false }, {}))).toEqual([]);
  });

  it('waits for none that a person has taken away', () => {
    expect(decided(fleetOf(asksToBeReplaced, {}))).toEqual(['replace 0']);
  });

  it('is replaced if it is the only one, because the new one comes first', () => {
    expect(decided(fleetOf(asksToBeReplaced), emptyHistory, { expectedWorkers: 1 })).toEqual(['replace 0']);
  });

  it('comes first if it has the most memory, one at a time, even if all ask', () => {
    const asking = (rssBytes: number) => ({ guard: said({ verdict: 'recycle', rssBytes }) });
    expect(decided(fleetOf(asking(5), asking(7), asking(6)))).toEqual(['replace 1']);
  });

  it('waits until it has lived as long as the budget allows on average', () => {
    expect(decided(fleetOf({ ...asksToBeReplaced, ageMs: 5999 }, {}, {}))).toEqual([]);
    expect(decided(fleetOf({ ...asksToBeReplaced, ageMs: 6000 }, {}, {}))).toEqual(['replace 0']);
  });

  it('is not asked to drain while it does not answer', () => {
    expect(decided(fleetOf({ ...asksToBeReplaced, silentForMs: 1000 }, {}, {}))).toEqual([]);
  });
});

describe('while something is in progress', () => {
  it('nothing else is begun', () => {
    const busy = historyOf({ isActing: true, ends: endsOf(2, 5) });
    expect(decided(fleetOf(silentFor(9000), asksToBeReplaced, {}, {}), busy)).toEqual([]);
  });

  it('an alarm is still raised', () => {
    const busy = historyOf({ isActing: true });
    expect(decided(fleetOf(silentFor(9000), silentFor(9000), {}), busy)).toEqual(['alarm']);
  });
});

describe('a worker in a crash loop', () => {
  it('is parked once its budget is used up', () => {
    expect(decided(fleetOf({}, {}, {}), historyOf({ ends: endsOf(1, 4) }))).toEqual([]);
    expect(decide(fleetOf({}, {}, {}), historyOf({ ends: endsOf(1, 5) }), options)).toEqual([
      { action: 'park', pmId: 1, reason: 'Worker 1 has ended 5 times in 30 s: it rests for 30 s.' },
    ]);
  });

  it('is judged by the ends within the window', () => {
    expect(decided(fleetOf({}, {}, {}), historyOf({ ends: endsOf(1, 5, 30_000) }))).toEqual([]);
    expect(decided(fleetOf({}, {}, {}), historyOf({ ends: endsOf(1, 5, 29_999) }))).toEqual(['park 1']);
  });

  it('is parked while it has no process', () => {
    const crashed = { ...isGone, state: 'crashed' as const };
    expect(decided(fleetOf({}, crashed, {}), historyOf({ ends: endsOf(1, 5) }))).toEqual(['park 1']);
    expect(decided(fleetOf({}, crashed, {}), historyOf({ ends: endsOf(1, 1) }))).toEqual([]);
  });

  it('is parked, too, if pm2 has given it up', () => {
    const crashed = { ...isGone, state: 'crashed' as const };
    expect(decide(fleetOf({}, crashed, {}), historyOf({ ends: endsOf(1, 1, 30_000) }), options)).toEqual([
      {
        action: 'park',
        pmId: 1,
        reason: 'Worker 1 has had no process for 30 s, so pm2 has given it up: it rests for 30 s.',
      },
    ]);
  });

  it('is not parked if more than half would rest then, and that is said', () => {
    const history = historyOf({ ...parked({}), ends: endsOf(1, 5) });
    const [intent, ...others] = decide(fleetOf({ ...isGone, state: 'stopped' }, {}, {}), history, options);
    expect(others).toEqual([]);
    expect(intent).toEqual({
      action: 'alarm',
      pmId: null,
      reason: '2 of 3 workers are in a crash loop or rest after one (0, 1). No more of them are parked.',
    });
  });
});

describe('a parked worker', () => {
  const stopped = { ...isGone, state: 'stopped' as const };

  it.each([
    [1, 30_000],
    [2, 60_000],
    [3, 120_000],
    [6, 900_000],
    [60, 900_000],
  ])('the %sth time in a row rests for %s ms, then gets one start', (times, restMs) => {
    const rested = (agoMs: number) => historyOf(parked({ times, parkedAtMs: NOW - agoMs }));
    expect(decided(fleetOf(stopped, {}, {}), rested(restMs - 1))).toEqual([]);
    expect(decided(fleetOf(stopped, {}, {}), rested(restMs))).toEqual(['try 0']);
  });

  it('is parked again for longer if it ends on its trial', () => {
    const history = historyOf({ ...parked({ times: 2, triedAtMs: NOW - 9000 }), ends: endsOf(0, 1, 1000) });
    expect(decide(fleetOf({}, {}, {}), history, options)).toEqual([
      { action: 'park', pmId: 0, reason: 'Worker 0 has ended on its trial: it rests for 120 s.' },
    ]);
  });

  it('is not blamed on its trial for what was before', () => {
    const history = historyOf({ ...parked({ triedAtMs: NOW - 1000 }), ends: endsOf(0, 4, 9000) });
    expect(decided(fleetOf({}, {}, {}), history)).toEqual([]);
  });

  it('holds up neither a kill nor its own trial', () => {
    const history = historyOf(parked({ parkedAtMs: NOW - 40_000 }));
    expect(decided(fleetOf(stopped, silentFor(3000)), history, { expectedWorkers: 2 })).toEqual(['kill 1']);
    expect(decided(fleetOf(stopped, {}), history, { expectedWorkers: 2 })).toEqual(['try 0']);
  });
});

describe('a worker that a person has stopped', () => {
  const stopped = { ...isGone, state: 'stopped' as const };

  it('is never touched', () => {
    expect(decided(fleetOf(stopped, {}, {}), historyOf({ ends: endsOf(0, 5) }))).toEqual([]);
  });

  it('is not waited for', () => {
    expect(decided(fleetOf(stopped, asksToBeReplaced, {}))).toEqual(['replace 1']);
    expect(decided(fleetOf(stopped, asksToBeReplaced, { isReady: false }))).toEqual([]);
  });

  it('is not one of those that look well', () => {
    expect(decided(fleetOf(stopped, stopped, silentFor(3000), silentFor(3000), {}))).toEqual(['alarm']);
  });
});

describe('when most workers look bad at once', () => {
  it('nothing is done, and it is said why', () => {
    expect(decide(fleetOf(silentFor(3000), silentFor(1500), {}), emptyHistory, options)).toEqual([
      {
        action: 'alarm',
        pmId: null,
        reason:
          '2 of 3 workers look bad at once (silent: 0, 1; in a crash loop: none). The cause is not in them, so nothing is done.',
      },
    ]);
  });

  it('it needs more than half', () => {
    expect(decided(fleetOf(silentFor(3100), silentFor(3000), {}, {}))).toEqual(['kill 0']);
    expect(decided(fleetOf(silentFor(3100), silentFor(3000), silentFor(1500), {}))).toEqual(['alarm']);
  });

  it('crash loops count as silence does', () => {
    const history = historyOf({ ends: [...endsOf(0, 5), ...endsOf(1, 5)] });
    expect(decided(fleetOf({}, {}, {}), history)).toEqual(['alarm']);
    expect(decided(fleetOf({}, silentFor(3000), {}), historyOf({ ends: endsOf(0, 5) }))).toEqual(['alarm']);
  });

  it('workers that start together are not bad for that', () => {
    const starting = { ...silentFor(14_000), guard: null, ageMs: 14_999 };
    expect(decided(fleetOf(starting, starting, starting))).toEqual([]);
    const late = { ...starting, ageMs: 15_000 };
    expect(decided(fleetOf(late, late, late))).toEqual(['alarm']);
  });
});

describe('the last worker that might serve', () => {
  const looping = historyOf({ ends: Array.from({ length: 5 }, () => ({ pmId: 0, atMs: NOW - 1000 })) });

  it('is not parked in a crash loop', () => {
    expect(decided(fleetOf({ isReady: false }), looping, { expectedWorkers: 1 })).toEqual([]);
    expect(decided(fleetOf({ isReady: false }, { state: 'stopped', isReady: false }), looping)).toEqual([]);
    expect(decided(fleetOf({ isReady: false }, {}), looping)).toEqual(['park 0']);
  });
});

describe('a clock that was set back', () => {
  it('does not make old ends last', () => {
    const ends = Array.from({ length: 5 }, () => ({ pmId: 0, atMs: NOW + 3_600_000 }));
    const settled = settle(historyOf({ ends }), fleetOf({}, {}, {}), options);
    expect(settled.ends.map(({ atMs }) => atMs)).toEqual(ends.map(() => NOW));
  });
});
