import { remembered } from './remembered.js';

describe('remembered', () => {
  it('reads a text once, and tells texts apart that differ only in case', () => {
    let calls = 0;
    const read = remembered((text) => {
      calls++;
      return `${text}!`;
    });
    expect(['A', 'a', 'A', 'a'].map(read)).toEqual(['A!', 'a!', 'A!', 'a!']);
    expect(calls).toBe(2);
  });

  it('does not remember a text that was refused', () => {
    const read = remembered((text) => {
      throw new Error(text);
    });
    expect(() => read('x')).toThrow('x');
    expect(() => read('x')).toThrow('x');
  });

  it('forgets, so that it stays small', () => {
    let calls = 0;
    const read = remembered((text) => ++calls + text.length);
    for (let index = 0; index < 20_001; index++) read(String(index));
    read('0');
    expect(calls).toBe(20_002);
  });
});
