import fc from 'fast-check';
import { foldText, wordsOf } from './words.js';

describe('wordsOf', () => {
  it.each([
    ["Alice's Adventures", ['alice', 's', 'adventures']],
    ['Les Misérables, Tome I', ['les', 'miserables', 'tome', 'i']],
    ['Łódź — Ærø — Straße', ['lodz', 'aero', 'strasse']],
    ['ΟΔΥΣΣΕΎΣ', ['οδυσσευσ']],
    ['紅樓夢 and more', ['紅', '樓', '夢', 'and', 'more']],
    ['ﬁne ① words', ['fine', '1', 'words']],
    ['¿¡…!?', []],
  ])('splits and folds %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('gives words that neither database could misread: letters and digits only, none too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of wordsOf(text)) {
          expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
          expect(word.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });

  it('finds a text again by its own words, whatever the case', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', 'à', 'À', 'ß', 'ø', 'Ø', ' ', 'ł', 'Ł', 'İ', 'ı', '-', '…', '9'),
        }),
        (text) => {
          expect(wordsOf(foldText(text))).toEqual(wordsOf(text));
        },
      ),
    );
  });
});
