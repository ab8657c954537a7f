import { median, quantile, spread } from './quantile.js';

describe('quantile', () => {
  it('is the value in the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 10, 4])).toBe(3);
  });

  it('lies between its neighbours in proportion', () => {
    expect(quantile(0.25, [0, 10, 20])).toBe(5);
    expect(quantile(0.99, [7])).toBe(7);
  });

  it('sorts as numbers and leaves the list alone', () => {
    const values = [100, 9, 20];
    expect(quantile(1, values)).toBe(100);
    expect(values).toEqual([100, 9, 20]);
  });

  it('does not exist for no values', () => {
    expect(median([])).toBeUndefined();
    expect(spread([])).toBeUndefined();
  });
});
