import { escapeControlCharacters } from '../lines/control-characters.js';

/** JSON that stays one line in every reader. */
export function oneLineJson(value: unknown): string {
  return escapeControlCharacters(JSON.stringify(value));
}

/** The fields of a line that should be a JSON object; one that is not becomes a message. */
export function fieldsOf(line: string): [name: string, value: unknown][] {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  } catch {
    // Falls through: text is a message too.
  }
  return [['message', line]];
}
