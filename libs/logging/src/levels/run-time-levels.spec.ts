import fc from 'fast-check';
import { LOG_LEVELS } from './log-levels.js';
import { parseLevels } from './parse-levels.js';
import { LogLevels } from './run-time-levels.js';

describe('LogLevels', () => {
  let levels: LogLevels;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    levels = new LogLevels(parseLevels('info,LoansService=warn'));
  });

  afterEach(() => {
    levels.stop();
    jest.useRealTimers();
  });

  it.each(LOG_LEVELS)('enables %s and what is graver, nothing else', (level) => {
    levels.set({ level });
    expect(LOG_LEVELS.filter((asked) => levels.enables(asked, 'BooksService'))).toEqual(
      LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1),
    );
  });

  it('holds a context to its own level and all others to the general one', () => {
    levels.set({ level: 'debug', context: 'BooksService' });
    expect(levels.enables('debug', 'BooksService')).toBe(true);
    expect(levels.enables('debug', 'AuthorsService')).toBe(false);
    expect(levels.enables('debug')).toBe(false);
    expect(levels.enables('info', 'LoansService')).toBe(false);
    expect(
      ['BooksService', 'LoansService', 'AuthorsService', undefined].map((name) => levels.levelOf(name)),
    ).toEqual(['debug', 'warn', 'info', 'info']);
  });

  it('falls back to what was configured when the time is over', () => {
    levels.set({ level: 'verbose', forMs: 60_000 });
    levels.set({ level: 'debug', context: 'LoansService', forMs: 300_000 });
    levels.set({ level: 'debug', context: 'BooksService', forMs: 300_000 });
    jest.advanceTimersByTime(59_999);
    expect(levels.levelOf()).toBe('verbose');
    jest.advanceTimersByTime(1);
    expect([levels.levelOf(), levels.levelOf('LoansService')]).toEqual(['info', 'debug']);
    jest.advanceTimersByTime(240_000);
    expect(levels.current()).toEqual({
      level: 'info',
      contexts: [{ context: 'LoansService', level: 'warn' }],
    });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('forgets an earlier time limit when a level is set again', () => {
    levels.set({ level: 'verbose', forMs: 60_000 });
    levels.set({ level: 'debug', forMs: 120_000 });
    jest.advanceTimersByTime(60_000);
    expect(levels.levelOf()).toBe('debug');
    levels.set({ level: 'error' });
    jest.advanceTimersByTime(60_000);
    expect(levels.levelOf()).toBe('error');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells what holds now and until when', () => {
    levels.set({ level: 'debug', context: 'BooksService', forMs: 300_000 });
    levels.set({ level: 'warn', forMs: 60_000 });
    expect(levels.current()).toEqual({
      level: 'warn',
      until: '2026-01-01T00:01:00.000Z',
      contexts: [
        { context: 'LoansService', level: 'warn' },
        { context: 'BooksService', level: 'debug', until: '2026-01-01T00:05:00.000Z' },
      ],
    });
  });

  it('resets one context, or everything', () => {
    levels.set({ level: 'debug', forMs: 60_000 });
    levels.set({ level: 'debug', context: 'BooksService', forMs: 60_000 });
    levels.set({ level: 'debug', context: 'LoansService', forMs: 60_000 });
    levels.reset('LoansService');
    expect([levels.levelOf('LoansService'), levels.levelOf('BooksService')]).toEqual(['warn', 'debug']);
    levels.reset();
    expect(levels.current()).toEqual({
      level: 'info',
      contexts: [{ context: 'LoansService', level: 'warn' }],
    });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps no timer once it was stopped', () => {
    levels.set({ level: 'debug', forMs: 60_000 });
    levels.set({ level: 'debug', context: 'BooksService', forMs: 60_000 });
    levels.stop();
    expect(jest.getTimerCount()).toBe(0);
    expect(levels.levelOf()).toBe('debug');
  });

  it('does not keep the process alive until a limit is over', () => {
    jest.useRealTimers();
    const timersThatHold = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timersThatHold();
    levels.set({ level: 'debug', forMs: 60_000 });
    expect(timersThatHold()).toBe(before);
  });

  it.each([0, 999, 86_400_001, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses to hold for %p ms',
    (forMs) => {
      expect(() => levels.set({ level: 'debug', forMs })).toThrow(`cannot hold for ${forMs} ms`);
      expect(levels.levelOf()).toBe('info');
    },
  );

  it('refuses a level that is none and a context that cannot be', () => {
    expect(() => levels.set({ level: 'trace' as 'debug' })).toThrow('"trace" is not a log level');
    for (const context of ['', ' ', 'a,b', 'a=b', 'a\nb', 'x'.repeat(101)]) {
      expect(() => levels.set({ level: 'debug', context })).toThrow('is not the context of a logger');
    }
  });

  it('gives levels of their own to at most fifty contexts, and again to each of these', () => {
    for (let index = 1; index < 50; index += 1) levels.set({ level: 'debug', context: `Context${index}` });
    expect(() => levels.set({ level: 'debug', context: 'OneMore' })).toThrow('reset one before "OneMore"');
    levels.set({ level: 'error', context: 'Context1' });
    levels.reset('Context2');
    levels.set({ level: 'debug', context: 'OneMore' });
    expect(levels.enables('debug', 'OneMore')).toBe(true);
  });

  it('is as configured again whatever was changed before, once every limit is over', () => {
    const change = fc.record(
      {
        level: fc.constantFrom(...LOG_LEVELS),
        context: fc.constantFrom('BooksService', 'LoansService', 'toString', '__proto__'),
        forMs: fc.integer({ min: 1000, max: 86_400_000 }),
      },
      { requiredKeys: ['level', 'forMs'] },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat(90_000_000)), { maxLength: 10 }), (changes) => {
        for (const [one, passMs] of changes) {
          levels.set(one);
          expect(levels.levelOf(one.context)).toBe(one.level);
          jest.advanceTimersByTime(passMs);
        }
        jest.advanceTimersByTime(86_400_000);
        expect(levels.current()).toEqual({
          level: 'info',
          contexts: [{ context: 'LoansService', level: 'warn' }],
        });
      }),
      { numRuns: 200 },
    );
  });
});
