import fc from 'fast-check';
import { isoTime } from './iso-time.js';

describe('isoTime', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is what toISOString says, in whatever order times come', () => {
    const around = (time: number) => fc.integer({ min: Math.max(0, time - 1500), max: time + 1500 });
    const time = fc.oneof(around(0), around(Date.UTC(2026, 11, 31, 24)), fc.nat(8_000_000_000_000));
    fc.assert(
      fc.property(fc.array(time), (times) => {
        for (const now of times) {
          jest.setSystemTime(now);
          expect(isoTime()).toBe(new Date(now).toISOString());
        }
      }),
      { numRuns: 200 },
    );
  });
});
