import { escapeControlCharacters } from './control-characters.js';
import type { LogLine } from './log-line.js';

/** The line as JSON that stays one line in every reader, those that break at U+2028 included. */
export function jsonFormat(line: LogLine): string {
  return escapeControlCharacters(JSON.stringify(line));
}
