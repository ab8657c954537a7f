import { durationArgument } from './duration-argument.js';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1d1h1m1s', 90_061_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(durationArgument(text)).toBe(ms);
  });

  it.each(['', '5', 'm', '5 m', '-5m', '1.5h', '5m1h', '5ms', '5M'])('%j is none', (text) => {
    expect(() => durationArgument(text)).toThrow('It must be a duration such as 90s, 5m or 1h30m.');
  });
});
