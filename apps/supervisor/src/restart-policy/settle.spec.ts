import type { Fleet, ProcessState } from '../fleet/worker.js';
import { budgetLeft } from './budget.js';
import type { PolicyOptions } from './policy-options.js';
import { afterEnd, afterIntent, afterOutcome, emptyHistory, type History } from './history.js';
import { settle } from './settle.js';

const NOW = 1_000_000;
const options = { budget: 5, budgetWindowMs: 30_000 } as PolicyOptions;

function fleetOf(...states: readonly ProcessState[]): Fleet {
  return { atMs: NOW, workers: states.map((state, pmId) => ({ pmId, state })) } as unknown as Fleet;
}

function restingSince(parkedAtMs: number): History {
  return afterOutcome(afterIntent(emptyHistory, { action: 'park', pmId: 0 }, parkedAtMs));
}

function triedAt(atMs: number): History {
  return afterOutcome(afterIntent(restingSince(atMs - 30_000), { action: 'try', pmId: 0 }, atMs));
}

describe('an intent', () => {
  it('is in progress until its outcome, an alarm is not', () => {
    const begun = afterIntent(emptyHistory, { action: 'replace', pmId: 2 }, NOW);
    expect(begun).toEqual({ ...emptyHistory, isActing: true });
    expect(afterOutcome(begun)).toEqual(emptyHistory);
    expect(afterIntent(emptyHistory, { action: 'alarm', pmId: null }, NOW)).toEqual(emptyHistory);
    expect(afterIntent(emptyHistory, { action: 'reload', pmId: null }, NOW).isActing).toBe(true);
  });

  it('to kill counts against the budget', () => {
    const killed = afterIntent(emptyHistory, { action: 'kill', pmId: 2 }, NOW);
    expect(budgetLeft(killed, 2, NOW, options)).toBe(4);
    expect(budgetLeft(killed, 1, NOW, options)).toBe(5);
  });

  it('to park counts how often in a row', () => {
    const again = afterIntent(triedAt(NOW - 1000), { action: 'park', pmId: 0 }, NOW);
    expect(again.parked).toEqual([{ pmId: 0, times: 2, parkedAtMs: NOW, triedAtMs: null }]);
  });
});

describe('the budget', () => {
  it('is used up by ends within the window and never below zero', () => {
    let history = emptyHistory;
    for (const agoMs of [40_000, 30_000, 29_999, 4, 3, 2, 1, 0]) history = afterEnd(history, 1, NOW - agoMs);
    expect(budgetLeft(history, 1, NOW, options)).toBe(0);
    expect(budgetLeft(history, 1, NOW + 29_997, options)).toBe(2);
  });

  it('of a worker that rests is none, and of one on trial is a single end', () => {
    expect(budgetLeft(restingSince(NOW), 0, NOW, options)).toBe(0);
    expect(budgetLeft(triedAt(NOW - 9000), 0, NOW, options)).toBe(1);
    expect(budgetLeft(afterEnd(triedAt(NOW - 9000), 0, NOW), 0, NOW, options)).toBe(0);
  });
});

describe('settling', () => {
  it('forgets old ends', () => {
    const history = afterEnd(afterEnd(emptyHistory, 0, NOW - 60_000), 0, NOW - 59_999);
    expect(settle(history, fleetOf('online'), options).ends).toEqual([{ pmId: 0, atMs: NOW - 59_999 }]);
  });

  it('notes an end that nobody saw', () => {
    expect(settle(emptyHistory, fleetOf('online', 'crashed'), options).ends).toEqual([
      { pmId: 1, atMs: NOW },
    ]);
    const seen = afterEnd(emptyHistory, 1, NOW - 50_000);
    expect(settle(seen, fleetOf('online', 'crashed'), options)).toEqual(seen);
  });

  it('forgets a worker that has stayed after its trial', () => {
    expect(settle(triedAt(NOW - 29_999), fleetOf('online'), options).parked).toHaveLength(1);
    expect(settle(triedAt(NOW - 30_000), fleetOf('online'), options).parked).toEqual([]);
    expect(settle(triedAt(NOW - 30_000), fleetOf('crashed'), options).parked).toHaveLength(1);
    const ended = afterEnd(triedAt(NOW - 40_000), 0, NOW - 20_000);
    expect(settle(ended, fleetOf('online'), options).parked).toHaveLength(1);
  });

  it('takes a resting worker that runs for one on trial', () => {
    expect(settle(restingSince(NOW - 1000), fleetOf('online'), options).parked).toEqual([
      { pmId: 0, times: 1, parkedAtMs: NOW - 1000, triedAtMs: NOW },
    ]);
    expect(settle(restingSince(NOW - 1000), fleetOf('stopped'), options)).toEqual(restingSince(NOW - 1000));
  });

  it('lets a worker rest again whose trial start did not succeed', () => {
    expect(settle(triedAt(NOW - 1000), fleetOf('stopped'), options).parked).toEqual([
      { pmId: 0, times: 1, parkedAtMs: NOW, triedAtMs: null },
    ]);
  });

  it('leaves the parked alone while something is in progress, and those that are not seen', () => {
    const begun = afterIntent(emptyHistory, { action: 'park', pmId: 0 }, NOW);
    expect(settle(begun, fleetOf('online'), options)).toEqual(begun);
    expect(settle(restingSince(NOW), fleetOf(), options)).toEqual(restingSince(NOW));
  });
});
