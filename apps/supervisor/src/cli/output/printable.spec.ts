import fc from 'fast-check';
import { oneLine, stripControls } from './printable.js';

const HOSTILE = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\u001b',
    '[',
    '2',
    'J',
    ']',
    '\u0007',
    '\r',
    '\n',
    '\u009b',
    '\u202e',
    '\u2028',
    '\t',
  ),
  maxLength: 40,
});

describe('printable text', () => {
  it('has nothing that commands a terminal or reorders a text, whatever came', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(stripControls(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('keeps what the text says', () => {
    expect(stripControls('\u001b[31mred\u001b[0m\tnaïve — 漢字\r\nnext')).toBe('red naïve — 漢字\nnext');
    expect(oneLine('one\r\n  two\nthree\n')).toBe('one two three');
  });
});
