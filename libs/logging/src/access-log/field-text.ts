import { escapeControlCharacters } from '../lines/control-characters.js';

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
  return isPlain(text) ? text : text.replace(UNSAFE, escapeCharacter);
}

/** The same for a field that no quotes surround and a space would end. */
export function escapeBareField(text: string): string {
  const field = escapeField(text);
  // An address never has a space, and a name hardly ever.
  return /\s/.test(field) ? field.replace(/\s/g, escapeCharacter) : field;
}

/** The text as a JSON string on one line. */
export function quote(text: string): string {
  return isPlain(text) ? `"${text}"` : escapeControlCharacters(JSON.stringify(text));
}

/** Nearly every text is; a look at each character takes less time than the pattern does. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false;
  }
  return true;
}

function escapeCharacter(character: string): string {
  return NAMED.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
