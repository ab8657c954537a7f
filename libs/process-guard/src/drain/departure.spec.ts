import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { End } from '../last-words/compose-last-words.js';
import { Departure, type DepartureSteps } from './departure.js';

const ASKED: End = { cause: 'asked', exitCode: 0, message: 'Asked to stop by SIGTERM.' };
const FATAL: End = { cause: 'fatal-error', exitCode: 70, message: 'a timer broke' };
const OUTCOME = { drainedInMs: 5, cutOff: 0, idleAtDeadline: 0 };

let steps: string[];
let written: End[];

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
  jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
  steps = [];
  written = [];
});
afterEach(() => jest.useRealTimers());

function departure(overrides: Partial<DepartureSteps> = {}): Departure {
  const noting = (step: string) => {
    steps.push(step);
    return Promise.resolve();
  };
  return new Departure({
    drainTimeoutMs: 10_000,
    writeLastWords: (end) => void written.push(end),
    drain: () => noting('drain').then(() => OUTCOME),
    closeApplication: () => noting('close'),
    flushLogs: () => noting('flush'),
    exit: (exitCode) => void steps.push(`exit ${exitCode}`),
    ...overrides,
  });
}

const never = () => new Promise<never>(() => undefined);

describe('a departure', () => {
  it('drains, closes the modules, does the last act, flushes the log and exits, in this order', async () => {
    departure().begin(ASKED, () => Promise.resolve(void steps.push('last act')));
    await jest.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['drain', 'close', 'last act', 'flush', 'exit 0']);
  });

  it('writes last words at once, and again with how the drain went', async () => {
    departure().begin({ ...ASKED, evidence: { of: 'something' } });
    expect(written).toEqual([{ ...ASKED, evidence: { of: 'something' } }]);
    await jest.advanceTimersByTimeAsync(0);
    expect(written[1]).toEqual({ ...ASKED, evidence: { of: 'something', ...OUTCOME } });
  });

  it('has a reason from its beginning on', () => {
    const leaving = departure();
    expect([leaving.isUnderWay, leaving.end?.message]).toEqual([false, undefined]);
    leaving.begin(ASKED);
    expect([leaving.isUnderWay, leaving.end?.message]).toEqual([true, ASKED.message]);
  });

  it('begins once, however often it is asked for', async () => {
    const leaving = departure();
    leaving.begin(ASKED);
    leaving.begin({ ...ASKED, message: 'Asked again.' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(steps.filter((step) => step === 'drain')).toHaveLength(1);
    expect(leaving.end?.message).toBe(ASKED.message);
    expect(steps.at(-1)).toBe('exit 0');
  });

  it('takes a fatal error on the way for its reason, the first if there are several', async () => {
    const leaving = departure();
    leaving.begin(ASKED);
    leaving.begin(FATAL);
    leaving.begin({ ...FATAL, message: 'another timer broke' });
    await jest.advanceTimersByTimeAsync(0);
    expect(written.at(-1)).toMatchObject({ cause: 'fatal-error', message: 'a timer broke' });
    expect(steps.at(-1)).toBe('exit 70');
  });

  it.each(['drain', 'closeApplication'] as const)(
    'exits at the deadline if it waits for ever: %s',
    async (step) => {
      departure({ [step]: never }).begin(FATAL);
      await jest.advanceTimersByTimeAsync(12_999);
      expect(steps).not.toContain('exit 70');
      await jest.advanceTimersByTimeAsync(1);
      expect(steps.at(-1)).toBe('exit 70');
    },
  );

  it.each(['drain', 'flushLogs', 'writeLastWords'] as const)(
    'exits although the log throws, while a step fails: %s',
    async (step) => {
      const fail = () => {
        throw new Error('no space left on device');
      };
      jest.spyOn(Logger.prototype, 'log').mockImplementation(fail);
      jest.spyOn(Logger.prototype, 'error').mockImplementation(fail);
      departure({ [step]: fail }).begin(ASKED);
      await jest.advanceTimersByTimeAsync(0);
      expect(steps.at(-1)).toBe('exit 0');
    },
  );

  it('exits at the deadline although the log throws', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {
      throw new Error('no space left on device');
    });
    departure({ drain: never }).begin(ASKED);
    await jest.advanceTimersByTimeAsync(13_000);
    expect(steps.at(-1)).toBe('exit 0');
  });

  it('exits although the log cannot be flushed', async () => {
    departure({ flushLogs: never }).begin(ASKED);
    await jest.advanceTimersByTimeAsync(1000);
    expect(steps.at(-1)).toBe('exit 0');
  });

  it.each(['writeLastWords', 'drain', 'closeApplication', 'flushLogs'] as const)(
    'goes on when a step fails: %s',
    async (step) => {
      const fail = () => {
        throw new Error('no space left on device');
      };
      departure({ [step]: fail }).begin(ASKED);
      await jest.advanceTimersByTimeAsync(0);
      expect(steps.at(-1)).toBe('exit 0');
    },
  );
});
