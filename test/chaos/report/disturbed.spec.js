import { isDisturbed } from './disturbed.js';
import { result } from './result.fixture.js';

it.each([
  [
    'did not hold while other machines had a tenth of the processors',
    { held: false, stolenPercent: 10 },
    true,
  ],
  ['did not hold, and nobody else was there', { held: false, stolenPercent: 9 }, false],
  [
    'could not be run, and nobody knows why',
    { held: false, error: 'no port', stolenPercent: undefined },
    false,
  ],
  ['held all the same', { stolenPercent: 30 }, false],
  [
    'failed without the part that is tried, as it should',
    { held: false, without: 'it', stolenPercent: 30 },
    false,
  ],
])('what %s is disturbed: %#', (_what, given, disturbed) => {
  expect(isDisturbed(result(given))).toBe(disturbed);
});
