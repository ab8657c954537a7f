import { escapeControlCharacters } from './control-characters.js';

/** JSON that stays one line in every reader, those that break at U+2028 included. */
export function oneLineJson(value: unknown): string {
  return escapeControlCharacters(JSON.stringify(value));
}
