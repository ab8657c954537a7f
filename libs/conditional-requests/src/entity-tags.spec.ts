import fc from 'fast-check';
import { opaqueTag, parseEntityTags } from './entity-tags.js';

const tagText = fc
  .array(fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x22 && code !== 0x7f))
  .map((codes) => `"${String.fromCharCode(...codes)}"`);
const listed = fc.record({ weak: fc.boolean(), tag: tagText });
const separator = fc.constantFrom(',', ', ', ' , ', ',,', '\t,\t', ', ,');

describe('a list of entity tags', () => {
  it('never throws, whatever the header says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (header) => {
        const tags = parseEntityTags(header);
        expect(tags === undefined || tags === '*' || tags.every((tag) => /^".*"$/s.test(tag))).toBe(true);
      }),
    );
  });

  it('gives back every tag that was put into it, weak or strong, however it is spaced', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(listed, separator), { minLength: 1 }), (elements) => {
        const header = elements.map(([{ weak, tag }, comma]) => `${weak ? 'W/' : ''}${tag}${comma}`).join('');
        expect(parseEntityTags(header)).toEqual(elements.map(([{ tag }]) => tag));
      }),
    );
  });

  it.each(['*', ' * ', '\t*'])('may be a star: %j', (header) => {
    expect(parseEntityTags(header)).toBe('*');
  });

  it.each([
    '',
    ' ',
    ',',
    'abc',
    '"abc',
    'abc"',
    '"a" "b"',
    '"a", b',
    '"a", *',
    "'a'",
    'w/"a"',
    'W/a',
    '"a b"',
    '"a\u007f"',
    '"é€"',
  ])('is nothing when it is malformed: %j', (header) => {
    expect(parseEntityTags(header)).toBeUndefined();
  });

  it.each([' ', ',', '"a",', '"', 'W/"a" ', '\t'])(
    'is read in linear time: 128 KiB of %j and a letter',
    (unit) => {
      const header = `"a",${unit.repeat(Math.ceil(131_072 / unit.length))}x`;
      const start = performance.now();
      expect(parseEntityTags(header)).toBeUndefined();
      // Quadratic time would be many seconds.
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});

describe('the opaque part of a tag', () => {
  it('is the tag without its weakness', () => {
    expect(opaqueTag('W/"a"')).toBe('"a"');
    expect(opaqueTag('"W/a"')).toBe('"W/a"');
  });
});
