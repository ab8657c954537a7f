import { escapeControlCharacters } from '../lines/control-characters.js';
import { oneLineJson } from '../lines/one-line-json.js';

/** The object that a text is as JSON, and its text on one line; undefined if it is no object. */
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
