import { withinAStart } from './replacement.js';

it.each([
  ['as asked, where a start is fast', 1_500, 3_000],
  ['a second after a start that takes longer', 2_500, 3_500],
  ['after three times what was asked at the latest', 30_000, 9_000],
])('is to serve %s', (_when, startMs, latestMs) => {
  const bound = withinAStart({ cluster: { startMs } }, 3_000);
  expect([latestMs, latestMs + 1].map(bound.holds)).toEqual([true, false]);
});

it('is given the time that passes before it is started', () => {
  expect(withinAStart({ cluster: { startMs: 2_500 } }, 3_000, 2_000).holds(5_500)).toBe(true);
});

it('is late where it takes longer than asked, and says what was asked', () => {
  const bound = withinAStart({ cluster: { startMs: 2_500 } }, 3_000);
  expect([3_000, 3_001].map(bound.isLate)).toEqual([false, true]);
  expect(bound.text).toBe('≤ 3500 ms, asked: 3000');
});
