/** What is written in place of a secret, whatever its type. */
export const REDACTED = '[redacted]';

const SECRET_NAME =
  /authorization|cookie|password|passwd|passphrase|pwd|secret|token|jwt|apikey|accesskey|privatekey|signature|credential|sessionid|rawheaders/;
// A word of its own, at the end: neither "passed" nor "compass".
const ENDS_IN_PASS = /(?:^|[^A-Za-z])(?:pass|Pass|PASS)$|[a-z]Pass$/;

// The names of a program's own fields; the bound is for those that come from outside, such as in a request's body.
const MAX_REMEMBERED = 1000;
const remembered = new Map<string, boolean>();

/** Whether a field of this name holds a secret, whatever its case and separators: `accessToken`, `X-Api-Key`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, '')) || ENDS_IN_PASS.test(name);
}

/** The same for names that come again and again, as those of fields do. */
export function isSecretField(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const isSecret = isSecretName(name);
  remembered.set(name, isSecret);
  return isSecret;
}
