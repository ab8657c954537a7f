import { withinAStart } from './replacement.js';

it.each([
  ['as asked, where a start is fast', 1_500, 3_000],
  ['a second after a start that takes longer', 2_500, 3_500],
])('is to serve %s', (_when, startMs, latestMs) => {
  const bound = withinAStart({ cluster: { startMs } }, 3_000);
  expect([latestMs, latestMs + 1].map(bound.holds)).toEqual([true, false]);
});

it('is given the time that passes before it is started', () => {
  expect(withinAStart({ cluster: { startMs: 2_500 } }, 3_000, 2_000).holds(5_500)).toBe(true);
});
