import { readObject } from './read-object.js';

/** The fields of a line that should be a JSON object; other text becomes a message. */
export function fieldsOf(line: string): [name: string, value: unknown][] {
  return Object.entries(readObject(line)?.fields ?? { message: line });
}
