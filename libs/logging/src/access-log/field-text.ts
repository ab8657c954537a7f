import { escapeControlCharacters } from '../lines/control-characters.js';

// Nearly every text is plain, which these tell much faster than the properties of Unicode.
const NOT_PLAIN = /[^ !#-[\]-~]/;
const NOT_PLAIN_OR_SPACE = /[^!#-[\]-~]/;

// Morgan's own escapes, and what reorders text besides.
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}"\\]/gu;
const NAMED = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

/** The text as a field of a line: nothing in it ends the line, the quotes around it, or commands a terminal. */
export function escapeField(text: string): string {
  return NOT_PLAIN.test(text) ? text.replace(UNSAFE, escapeCharacter) : text;
}

/** The same for a field that no quotes surround and a space would end. */
export function escapeBareField(text: string): string {
  return NOT_PLAIN_OR_SPACE.test(text) ? escapeField(text).replace(/\s/g, escapeCharacter) : text;
}

/** The text as a JSON string on one line. */
export function quote(text: string): string {
  return NOT_PLAIN.test(text) ? escapeControlCharacters(JSON.stringify(text)) : `"${text}"`;
}

function escapeCharacter(character: string): string {
  return NAMED.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
