import { boundedText, MAX_TEXT_LENGTH } from './bounded-text.js';

/** A URL, or the path and query of one, without the secrets of its query, fragment, user and password. */
export function redactUrl(url: string): string {
  return boundedText(url, MAX_TEXT_LENGTH);
}
