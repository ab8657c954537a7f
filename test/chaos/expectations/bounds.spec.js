import { atLeast, atMost, exactly, like, within } from './bounds.js';

it.each([
  [atMost(2), 2, true],
  [atMost(2), 2.1, false],
  [atLeast(2), 2, true],
  [atLeast(2), 1, false],
  [exactly(0), 0, true],
  [exactly(0), null, false],
  [exactly('hang'), 'hang', true],
  [like(/no reply/), 'got no reply', true],
  [like(/no reply/), 'a reply', false],
  [within(500), 500, true],
  [within(500), 501, false],
])('$0.text: $1 is $2', (bound, found, holds) => {
  expect(bound.holds(found)).toBe(holds);
});

it('is nearly in time up to three times as late, for a quick run', () => {
  expect([1_500, 1_501].map(within(500).isNearly)).toEqual([true, false]);
});
