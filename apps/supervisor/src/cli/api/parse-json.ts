import { stripControls } from '../output/printable.js';

/** The value, its texts without control characters; undefined if it is no JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body, (_key, value: unknown) =>
      typeof value === 'string' ? stripControls(value) : value,
    );
  } catch {
    return undefined;
  }
}
