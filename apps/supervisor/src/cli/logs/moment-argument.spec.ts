import { momentArgument } from './moment-argument.js';

/** 2026-11-21 18:30 where this machine is. */
const NOW = new Date(2026, 10, 21, 18, 30).getTime();
const local = (day: number, hours = 0, minutes = 0, seconds = 0, ms = 0) =>
  new Date(2026, 10, day, hours, minutes, seconds, ms).getTime();

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

describe('a moment', () => {
  it.each([
    ['10m', NOW - 600_000],
    ['1h30m', NOW - 5_400_000],
    ['18:00', local(21, 18)],
    ['18:30', local(21, 18, 30)],
    ['18:31', local(20, 18, 31)],
    ['23:59:58.250', local(20, 23, 59, 58, 250)],
    ['2026-11-21', local(21)],
    ['2026-11-21T18:00', local(21, 18)],
    ['2026-11-21 18:00:01', local(21, 18, 0, 1)],
    ['2026-11-21T18:00:00.123Z', Date.UTC(2026, 10, 21, 18, 0, 0, 123)],
    ['2026-11-21T18:00+01:00', Date.UTC(2026, 10, 21, 17)],
  ])('%s', (text, expected) => {
    expect(momentArgument(text)).toBe(expected);
  });

  it.each(['', 'yesterday', '25:00', '18', '2026-13-01', '2026-11-21T', '1795284000000', '21/11/2026'])(
    '%j is none',
    (text) => {
      expect(() => momentArgument(text)).toThrow('It must be a moment such as');
    },
  );
});
