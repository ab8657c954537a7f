import { escapeControlCharacters } from '../lines/control-characters.js';

/** JSON that stays one line in every reader. */
export function oneLineJson(value: unknown): string {
  return escapeControlCharacters(JSON.stringify(value));
}

/** The same for JSON that is text already, as long as it is one line; `undefined` if it is no object. */
export function readObject(json: string): { fields: Record<string, unknown>; line: string } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const fields = value as Record<string, unknown>;
    // Between its values JSON may hold newlines, which cannot be escaped in place.
    return { fields, line: escapeControlCharacters(json) === json ? json : oneLineJson(value) };
  } catch {
    return undefined;
  }
}
