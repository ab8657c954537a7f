const MARKS = /\p{M}+/gu;
const LETTERS_WITHOUT_DECOMPOSITION = /[æœøłđðþßıς]/gu;
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ı: 'i',
  ς: 'σ',
};

/** Scripts that are written without spaces: every character counts as a word of its own. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/gu;
const WORDS = /[\p{L}\p{N}]+/gu;

/** PostgreSQL refuses lexemes of 2 KiB and more; no word that a person searches for is longer than this. */
const LONGEST_WORD = 64;

/** The text without regard to case, accents and compatibility forms: `Brontë` and `BRONTE` give the same. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(LETTERS_WITHOUT_DECOMPOSITION, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/**
 * The words of a text as both databases index them.
 * Folding and splitting here, and not in either database, is what makes a search give the same result on both.
 */
export function wordsOf(text: string): string[] {
  const words = foldText(text).replace(UNSPACED, ' $& ').match(WORDS) ?? [];
  return words.map((word) => word.slice(0, LONGEST_WORD));
}
