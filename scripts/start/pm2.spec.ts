import { longestStopMs } from './pm2.js';

describe('the longest time that a stop may take', () => {
  it.each([
    [1, 30_000],
    [9, 30_000],
    [10, 45_000],
    [19, 45_000],
    [20, 60_000],
  ])('is for %d workers and the supervisor, ten at a time, %d ms', (workers, ms) => {
    expect(longestStopMs(workers, 10_000)).toBe(ms);
  });
});
