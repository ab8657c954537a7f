import fc from 'fast-check';
import { entityTagOf } from './entity-tag-of.js';
import { ifMatchSatisfied } from './if-match.js';

const tag = entityTagOf('{"id":1}');

describe('entityTagOf', () => {
  it('is a strong tag in quotes', () => {
    expect(tag).toMatch(/^"[\w-]{22}"$/);
  });

  it('depends on the bytes alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        expect(entityTagOf(Buffer.from(one))).toBe(entityTagOf(one));
        expect(entityTagOf(one) === entityTagOf(other)).toBe(one === other);
      }),
    );
  });
});

describe('If-Match', () => {
  it.each([
    ['no header', undefined],
    ['a star', '*'],
    ['the tag', tag],
    ['the tag, weakened by a proxy', `W/${tag}`],
    ['a list that has the tag', `"a", ${tag}, W/"b"`],
  ])('allows the change for %s', (_name, header) => {
    expect(ifMatchSatisfied(header, tag)).toBe(true);
  });

  it.each([
    ['another tag', '"other"'],
    ['nothing', ''],
    ['the tag without its quotes', tag.slice(1, -1)],
    ['the tag in a malformed list', `${tag}, oops`],
    ['the start of the tag', `${tag.slice(0, -2)}"`],
  ])('forbids the change for %s', (_name, header) => {
    expect(ifMatchSatisfied(header, tag)).toBe(false);
  });

  it('allows the change for every list that has the tag, and never throws', () => {
    const other = fc.string().map((text) => entityTagOf(text));
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.boolean(), (before, after, weak) => {
        const header = [...before, weak ? `W/${tag}` : tag, ...after].join(', ');
        expect(ifMatchSatisfied(header, tag)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect(ifMatchSatisfied(header, tag)).toBe(header.trim() === '*');
      }),
    );
  });
});
