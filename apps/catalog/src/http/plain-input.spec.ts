import { faultIn } from './plain-input.js';

const nested = (depth: number) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
};

describe('faultIn', () => {
  it('finds nothing wrong with ordinary input', () => {
    expect(faultIn('body', { title: 'ü\n💎', ids: [1, 2], more: { a: null, b: true } })).toBeUndefined();
  });

  it.each([
    [{ title: 'a\0' }, 'title', 'NUL'],
    [{ list: ['ok', '\udc00'] }, 'list[1]', 'surrogate'],
    [{ a: { b: 'x\0' } }, 'a.b', 'NUL'],
    [{ 'k\0': 1 }, 'k\0', 'NUL'],
    [{ toString: 1 }, 'toString', 'not a known field'],
    [JSON.parse('{"__proto__": 1}'), '__proto__', 'not a known field'],
  ])('names the place of the fault in %j', (input, field, reason) => {
    expect(faultIn('body', input)).toEqual({ field, message: expect.stringContaining(reason) });
  });

  it('allows 16 levels and no more, however many there are', () => {
    expect(faultIn('body', nested(16))).toBeUndefined();
    expect(faultIn('body', nested(17))?.message).toContain('nested deeper');
    expect(faultIn('body', nested(100_000))?.message).toContain('nested deeper');
  });
});
