const NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Escapes what could begin a new line, command a terminal or reorder a text: control characters of Unicode, U+2028,
 * U+2029 and direction marks. JSON stays the same value.
 */
export function escapeControlCharacters(text: string): string {
  // Most lines are plain ASCII, which this test tells much faster than the properties of Unicode.
  if (!/[^ -~]/.test(text)) return text;
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => NAMES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
