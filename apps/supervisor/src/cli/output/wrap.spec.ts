import { wrap } from './wrap.js';

describe('wrap', () => {
  it('breaks at spaces, and indents what follows as what came first', () => {
    expect(wrap('  one two three four', 11)).toBe('  one two\n  three\n  four');
  });

  it('leaves a word whole that is longer than the line, so that it can be copied', () => {
    expect(wrap('at apps/catalog/src/main.ts:1:1 now', 10)).toBe('at\napps/catalog/src/main.ts:1:1\nnow');
  });

  it('breaks nothing where there is no terminal', () => {
    expect(wrap('one two three four', Infinity)).toBe('one two three four');
  });
});
