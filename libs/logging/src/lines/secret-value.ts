/** How a value ends that is neither in quotes nor in brackets. */
export type BareValue = keyof typeof BARE_VALUES;

// In a text almost anything may belong to a password, so only what surely does not ends it: a space, the `&` of a query,
// a quote before a delimiter, a closing tag. A number or literal of JSON ends at a comma or bracket.
const BARE_VALUES = {
  word: /(?:(?:bearer|basic|digest|negotiate)\s+)?[^\s&]*?(?=\\{0,7}["'`](?:[\s,;:)}\]&]|$)|<\/|[\s&]|$)/iy,
  literal: /[^\s,}\]]*/y,
  line: /[^\r\n]*/y,
};

/** Where the value that begins at `start` lies in the text: a quoted one inside of its quotes. */
export function secretValue(text: string, start: number, bare: BareValue): { start: number; end: number } {
  const quote = matchAt(/\\*["'`]/y, text, start);
  if (quote !== '')
    return { start: start + quote.length, end: closingQuote(text, start + quote.length, quote) };
  if (text[start] === '{' || text[start] === '[') return { start, end: closingBracket(text, start) };
  return { start, end: start + matchAt(BARE_VALUES[bare], text, start).length };
}

/**
 * JSON in a string of JSON has its quotes escaped, `\"`, and quotes inside of its values once more, `\\\"`. So the
 * number of backslashes tells which quote closes. A value that is never closed was cut, and ends with the text.
 */
function closingQuote(text: string, start: number, opening: string): number {
  const mark = opening.charAt(opening.length - 1);
  const backslashes = opening.length - 1;
  for (let at = text.indexOf(mark, start); at !== -1; at = text.indexOf(mark, at + 1)) {
    let before = at;
    while (before > start && text[before - 1] === '\\') before -= 1;
    if ((at - before) % (2 * backslashes + 2) === backslashes) return at - backslashes;
  }
  return text.length;
}

function closingBracket(text: string, start: number): number {
  // The look behind keeps a row of backslashes from being searched from each of them.
  const marks = /[[\]{}]|(?<!\\)\\*["'`]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let [mark] = marks.exec(text) ?? []; mark !== undefined; [mark] = marks.exec(text) ?? []) {
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    else marks.lastIndex = closingQuote(text, marks.lastIndex, mark) + mark.length;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function matchAt(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? '';
}
