import fc from 'fast-check';
import { escapeBareField, escapeField, quote } from './field-text.js';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', '\u2028', '\u001b', '\u202e', ' ', 'a', 'é') }),
);
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe('a field of a line', () => {
  it('holds nothing that ends the line, the quotes around it, or commands a terminal', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const field = escapeField(text);
        expect(field).not.toMatch(BREAKS);
        expect(`"${field}"`).toMatch(/^"(?:[^"\\]|\\.)*"$/);
      }),
      { numRuns: 200 },
    );
  });

  it('tells two texts apart', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        expect(escapeField(one) === escapeField(other)).toBe(one === other);
      }),
      { numRuns: 200 },
    );
  });

  it('is one word where no quotes surround it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeBareField(text)).not.toMatch(/\s/);
        const word = text.replace(/\s/g, '');
        expect(escapeBareField(word)).toBe(escapeField(word));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same value in JSON, on one line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(quote(text)).not.toMatch(BREAKS);
        expect(JSON.parse(quote(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is left as it is where there is nothing to escape', () => {
    expect(escapeField("Mozilla/5.0 (X11; it's) ~!?")).toBe("Mozilla/5.0 (X11; it's) ~!?");
  });
});
