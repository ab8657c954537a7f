import { ratioOf } from './ratios.js';

const turns = (...values) => values.map((cost, index) => ({ round: index + 1, cost }));

describe('ratioOf', () => {
  it('relates turns of the same round, so that a slow minute counts for both', () => {
    const { median } = ratioOf(turns(20, 200, 22), turns(10, 100, 11), 'cost');
    expect(median).toBe(2);
  });

  it('is the median of the ratios, not the ratio of the medians', () => {
    expect(ratioOf(turns(1, 20, 30), turns(1, 2, 30), 'cost')).toEqual({
      median: 1,
      low: 1,
      high: 5.5,
      count: 3,
    });
  });

  it('leaves out a round that only one of them has', () => {
    expect(ratioOf(turns(3, 8), turns(1), 'cost')).toMatchObject({ median: 3, count: 1 });
  });

  it('leaves out what cannot be divided', () => {
    expect(ratioOf(turns(3, 8), turns(0, 2), 'cost')).toMatchObject({ median: 4, count: 1 });
    expect(ratioOf(turns(3), turns(0), 'cost')).toBeUndefined();
  });
});
