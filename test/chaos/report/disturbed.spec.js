import { isDisturbed } from './disturbed.js';
import { result } from './result.fixture.js';

const notRun = { held: false, error: 'no worker serves' };

it.each([
  ['did not hold while others had a tenth of the processors', { held: false, stolenPercent: 10 }, true],
  ['could not be run meanwhile', { ...notRun, stolenPercent: 10 }, true],
  ['did not hold, and nobody else was there', { held: false, stolenPercent: 9 }, false],
  ['could not be run, and nobody else was there', { ...notRun, stolenPercent: 0 }, false],
  ['needs what the machine lacks', { ...notRun, isLeftOut: true, stolenPercent: 30 }, false],
  ['held all the same', { stolenPercent: 30 }, false],
  ['failed without its part, as it should', { held: false, without: 'it', stolenPercent: 30 }, false],
])('what %s', (_what, given, disturbed) => {
  expect(isDisturbed(result(given))).toBe(disturbed);
});
