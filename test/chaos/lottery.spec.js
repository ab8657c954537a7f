import { Lottery } from './lottery.js';

const ITEMS = ['a', 'b', 'c', 'd'];

function draws(seed) {
  const lottery = new Lottery(seed);
  return Array.from({ length: 1_000 }, () => lottery.oneOf(ITEMS));
}

it('draws the same for the same seed, and something else for another', () => {
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

it('draws each about equally often', () => {
  const often = ITEMS.map((item) => draws(1).filter((drawn) => drawn === item).length);
  expect(Math.min(...often)).toBeGreaterThan(200);
});

it('stays between its bounds', () => {
  const lottery = new Lottery(3);
  const numbers = Array.from({ length: 1_000 }, () => lottery.between(5, 15));
  expect([Math.min(...numbers) >= 5, Math.max(...numbers) < 15]).toEqual([true, true]);
});
