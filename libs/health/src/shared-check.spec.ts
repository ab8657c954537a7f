import { jest } from '@jest/globals';
import { ProbeFailure, type HealthProbe } from './probe.js';
import { SharedCheck, type Outcome } from './shared-check.js';

const TIMEOUT_MS = 1000;
const CACHE_MS = 500;

/** A probe whose every run ends when the test says so. */
class HeldProbe implements HealthProbe {
  readonly name = 'held';
  readonly runs: { readonly signal: AbortSignal; end(): void; fail(error: unknown): void }[] = [];

  check(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.runs.push({ signal, end: resolve, fail: reject });
    });
  }
}

let probe: HeldProbe;
let check: SharedCheck;
let noted: Outcome[];

beforeEach(() => {
  jest.useFakeTimers();
  probe = new HeldProbe();
  noted = [];
  check = new SharedCheck(probe, TIMEOUT_MS, CACHE_MS, (outcome) => noted.push(outcome));
});
afterEach(() => jest.useRealTimers());

describe('a shared check', () => {
  it('runs once for all who ask at the same time', async () => {
    const outcomes = Array.from({ length: 1000 }, () => check.outcome());
    expect(probe.runs).toHaveLength(1);
    probe.runs[0]?.end();
    expect(new Set(await Promise.all(outcomes)).size).toBe(1);
    expect(noted).toHaveLength(1);
  });

  it('serves its outcome to those who ask soon after, and runs again later', async () => {
    const first = check.outcome();
    probe.runs[0]?.end();
    await first;
    jest.advanceTimersByTime(CACHE_MS - 1);
    await check.outcome();
    expect(probe.runs).toHaveLength(1);
    jest.advanceTimersByTime(1);
    void check.outcome();
    expect(probe.runs).toHaveLength(2);
  });

  it('is down when its time is up, and tells the run so', async () => {
    const outcome = check.outcome();
    await jest.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
    expect(probe.runs[0]?.signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(probe.runs[0]?.signal.aborted).toBe(true);
    expect(await outcome).toMatchObject({ isUp: false, details: { message: 'No answer within 1000 ms.' } });
  });

  it('leaves no timer behind and its signal alone when it ends in time', async () => {
    const outcome = check.outcome();
    probe.runs[0]?.end();
    await outcome;
    expect(jest.getTimerCount()).toBe(0);
    expect(probe.runs[0]?.signal.aborted).toBe(false);
  });

  it('does not run again while an earlier run hangs, and is down at once', async () => {
    const first = check.outcome();
    await jest.advanceTimersByTimeAsync(TIMEOUT_MS);
    await first;
    for (let second = 0; second < 1000; second += 1) {
      jest.advanceTimersByTime(CACHE_MS);
      expect(await check.outcome()).toMatchObject({ isUp: false });
    }
    expect(probe.runs).toHaveLength(1);
  });

  it.each(['ends', 'fails'])('runs again once the run that hung %s', async (how) => {
    const first = check.outcome();
    await jest.advanceTimersByTimeAsync(TIMEOUT_MS);
    await first;
    if (how === 'ends') probe.runs[0]?.end();
    else probe.runs[0]?.fail(new Error('late'));
    await jest.advanceTimersByTimeAsync(CACHE_MS);
    const second = check.outcome();
    expect(probe.runs).toHaveLength(2);
    probe.runs[1]?.end();
    expect(await second).toMatchObject({ isUp: true });
  });
});

async function outcomeOf(run: HealthProbe['check']): Promise<Outcome> {
  return new SharedCheck({ name: 'x', check: run }, TIMEOUT_MS, CACHE_MS, () => undefined).outcome();
}

describe('what the public is told', () => {
  const secret = 'connect postgres://admin:hunter2@10.0.0.7 failed: SELECT 1';

  it.each([
    ['an error, by its class', new TypeError(secret), 'The check failed: TypeError.'],
    [
      'an error, by its code',
      Object.assign(new Error(secret), { code: 'ECONNREFUSED' }),
      'The check failed: ECONNREFUSED.',
    ],
    ['an SQLSTATE', Object.assign(new Error(secret), { code: '57P03' }), 'The check failed: 57P03.'],
    [
      'a code that is no code',
      Object.assign(new Error(secret), { code: secret }),
      'The check failed: Error.',
    ],
    ['a string', secret, 'The check failed.'],
    ['null', null, 'The check failed.'],
    ['undefined', undefined, 'The check failed.'],
    ['an object without a prototype', Object.create(null), 'The check failed.'],
    [
      'a failure that the probe words itself',
      new ProbeFailure('two migrations to go'),
      'two migrations to go',
    ],
  ])('of %s', async (_name, thrown, message) => {
    const sync = await outcomeOf(() => {
      throw thrown;
    });
    const async = await outcomeOf(() => Promise.reject(thrown as Error));
    expect(sync).toEqual({ isUp: false, details: { message }, error: thrown });
    expect(async).toEqual(sync);
  });

  it('includes the details of a ProbeFailure', async () => {
    const { details } = await outcomeOf(() => {
      throw new ProbeFailure('draining', { pid: 7, status: 'mine' });
    });
    expect(details).toEqual({ pid: 7, message: 'draining' });
  });

  it('is a copy of what the probe returns, without the key that Terminus keeps for itself', async () => {
    const returned = { dialect: 'sqlite', status: 'odd' };
    const { isUp, details } = await outcomeOf(() => returned);
    returned.dialect = 'changed';
    expect({ isUp, details }).toEqual({ isUp: true, details: { dialect: 'sqlite' } });
  });

  it.each([[undefined], [null], [['a list']], ['text'], [7]])('is nothing for %p', async (returned) => {
    expect(await outcomeOf(() => returned as never)).toEqual({ isUp: true, details: {} });
  });

  it('is a failure when what the probe returns cannot be written', async () => {
    expect(await outcomeOf(() => ({ big: 1n }))).toMatchObject({
      isUp: false,
      details: { message: 'The check failed: TypeError.' },
    });
  });
});
