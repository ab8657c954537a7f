import { age, duration } from './durations.js';

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [2345, '2.3 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [7_200_000 + 59_000, '2 h'],
    [356_400_000, '4 d 3 h'],
  ])('words %d ms as %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('age', () => {
  it.each([
    [0, '0 s'],
    [1999, '1 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min 59 s'],
  ])('counts only seconds that are over: %d ms are %s', (ms, words) => {
    expect(age(ms)).toBe(words);
  });
});
