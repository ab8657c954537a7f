import { redactText } from './redaction.js';

export const MAX_TEXT_LENGTH = 16_384;
// Longer than any URL or token that makes sense.
const MARGIN = 8192;

/**
 * At most the first `maxLength` characters, without secrets. Megabytes cannot be searched, but a secret is recognised by
 * what surrounds it, so some more is read than shown. How that end reads depends on where it was cut, so it is left out
 * even where masking has made room for it.
 */
export function boundedText(text: string, maxLength: number): string {
  const readLength = maxLength + MARGIN;
  const redacted = redactText(text.length > readLength ? text.slice(0, readLength) : text);
  const trusted = text.length > readLength ? redacted.length - MARGIN : redacted.length;
  if (trusted <= maxLength && trusted === redacted.length) return redacted;
  return `${redacted.slice(0, Math.max(0, Math.min(maxLength, trusted)))}[truncated]`;
}
