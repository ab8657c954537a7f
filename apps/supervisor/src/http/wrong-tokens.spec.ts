import { WrongTokens } from './wrong-tokens.js';

describe('wrong tokens', () => {
  let nowMs: number;
  let wrongTokens: WrongTokens;

  beforeEach(() => {
    nowMs = 0;
    wrongTokens = new WrongTokens(() => nowMs);
  });

  const noteTimes = (times: number, address = 'a') =>
    Array.from({ length: times }, () => wrongTokens.note(address));

  it('are allowed ten times a minute from one address', () => {
    expect(noteTimes(11)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60]);
    expect(wrongTokens.note('b')).toBe(0);
  });

  it('are told how long to wait until the minute is over', () => {
    noteTimes(10);
    nowMs = 18_500;
    expect(wrongTokens.note('a')).toBe(42);
    nowMs = 59_999;
    expect(wrongTokens.note('a')).toBe(1);
    nowMs = 60_000;
    expect(wrongTokens.note('a')).toBe(0);
  });

  it('of more than a thousand addresses push out the oldest', () => {
    noteTimes(10, 'first');
    for (let count = 0; count < 999; count += 1) wrongTokens.note(`address ${count}`);
    expect(wrongTokens.addresses).toBe(1000);
    expect(wrongTokens.note('first')).toBe(60);
    wrongTokens.note('one more');
    expect(wrongTokens.addresses).toBe(1000);
    expect(wrongTokens.note('first')).toBe(0);
  });

  it('are forgotten after their minute', () => {
    noteTimes(3);
    nowMs = 60_001;
    wrongTokens.note('b');
    expect(wrongTokens.addresses).toBe(1);
  });
});
