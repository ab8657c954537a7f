import fc from 'fast-check';
import { BOUNDS_SECONDS, DurationSeries } from './duration-series.js';

const durations = fc.array(
  fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(...BOUNDS_SECONDS)),
);

it('counts for each bound the durations that are not above it, and at last all', () => {
  fc.assert(
    fc.property(durations, (all) => {
      const series = new DurationSeries();
      for (const seconds of all) series.add(seconds);
      const expected = [...BOUNDS_SECONDS, Infinity].map(
        (bound) => all.filter((seconds) => seconds <= bound).length,
      );
      expect(series.cumulative()).toEqual(expected);
      expect(series.sumSeconds).toBeCloseTo(all.reduce((sum, seconds) => sum + seconds, 0));
    }),
  );
});
