/** What is written in place of a secret, whatever its type. */
export const REDACTED = '[redacted]';

const SECRET_NAME =
  /authorization|cookie|password|passwd|passphrase|secret|token|apikey|privatekey|credential|rawheaders/;

/** Whether a field of this name holds a secret, whatever its case and separators: `accessToken`, `X-Api-Key`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** Masks bearer tokens, and the user and password of URLs, in a text. */
export function redactText(text: string): string {
  // Most texts hold neither, and every text of every line comes through here.
  if (!/bearer|:\/\//i.test(text)) return text;
  const masked = text.replace(/\b(bearer)\s+\S+/gi, `$1 ${REDACTED}`);
  return masked.replace(/\S+/g, maskUserInfo);
}

/**
 * A password that was not percent-encoded may hold any character, so everything up to the last `@` goes, unless what
 * follows the first colon reads as a port. Only the part that ends in `@` is searched: that keeps it linear.
 */
function maskUserInfo(word: string): string {
  const end = word.lastIndexOf('@') + 1;
  const masked = word.slice(0, end).replace(/:\/\/[^/:@]*(?::(?!\d{1,5}[/?#])\S*)?@/g, `://${REDACTED}@`);
  return masked + word.slice(end);
}
