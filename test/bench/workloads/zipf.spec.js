import { randomFrom, shuffled } from './random.js';
import { zipfOver } from './zipf.js';

const DRAWS = 100_000;

function countsOf(items, seed) {
  const draw = zipfOver(items);
  const random = randomFrom(seed);
  const counts = new Map(items.map((item) => [item, 0]));
  for (let count = 0; count < DRAWS; count += 1) {
    const item = draw(random);
    counts.set(item, counts.get(item) + 1);
  }
  return counts;
}

describe('zipfOver', () => {
  it('draws the second item half as often as the first, and the fourth a quarter as often', () => {
    const counts = countsOf(['a', 'b', 'c', 'd'], 1);
    expect(counts.get('b') / counts.get('a')).toBeCloseTo(1 / 2, 1);
    expect(counts.get('d') / counts.get('a')).toBeCloseTo(1 / 4, 1);
  });

  it('draws the first as well as the last item, and nothing else', () => {
    const draw = zipfOver([10, 20, 30]);
    expect(draw(() => 0)).toBe(10);
    expect(draw(() => 1 - Number.EPSILON)).toBe(30);
  });

  it('reaches nearly all of a long list', () => {
    const items = Array.from({ length: 1000 }, (_, index) => index);
    expect([...countsOf(items, 2).values()].filter((count) => count > 0).length).toBeGreaterThan(990);
  });
});

describe('randomFrom', () => {
  it('gives the same numbers for the same seed, and others for its neighbour', () => {
    const numbers = (seed) => Array.from({ length: 5 }, randomFrom(seed));
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
  });

  it('spreads over 0 to 1 for every seed', () => {
    for (const seed of [0, 1, 2, 1000, 1001, 2 ** 31]) {
      const random = randomFrom(seed);
      const numbers = Array.from({ length: 10_000 }, random);
      expect(Math.max(...numbers)).toBeLessThan(1);
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      expect(numbers.reduce((sum, number) => sum + number) / numbers.length).toBeCloseTo(0.5, 1);
    }
  });

  it('shuffles a copy without losing anything', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const mixed = shuffled(list, randomFrom(3));
    expect(mixed).not.toEqual(list);
    expect(mixed.toSorted()).toEqual(list);
  });
});
