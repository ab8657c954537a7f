import { maskNamedSecrets } from './named-secrets.js';
import { REDACTED } from './secret-names.js';

// Every text of every line comes through here, and most have nothing of what a secret comes with; one look tells.
const COMES_WITH_SECRETS = /[=:>%]|bearer|basic|negotiate|eyJ/i;

/**
 * Masks the secrets of a text: user and password of URLs, what has a secret's name, bearer tokens and the like. Passwords
 * of URLs may hold what looks like a name, and names have quotes that tell where the secret ends, tokens have not.
 */
export function redactText(text: string): string {
  if (!COMES_WITH_SECRETS.test(text)) return text;
  return maskTokens(maskNamedSecrets(maskUserInfos(text)));
}

/** Tokens that are known by what they look like: credentials of HTTP, JSON Web Tokens. */
function maskTokens(text: string): string {
  if (!/bearer|basic|negotiate|eyJ/i.test(text)) return text;
  return text
    .replace(/\b(bearer|negotiate)\s+\S+/gi, `$1 ${REDACTED}`)
    .replace(/\b(basic)\s+([\w+/=-]+)/gi, (all, scheme: string, word: string) =>
      isBasicCredentials(word) ? `${scheme} ${REDACTED}` : all,
    )
    .replace(/\beyJ[\w-]*\.[\w.-]+/g, REDACTED);
}

/** The words "basic authentication" are none. */
function isBasicCredentials(word: string): boolean {
  return Buffer.from(word, 'base64').includes(':');
}

function maskUserInfos(text: string): string {
  return text.includes('://') && text.includes('@') ? text.replace(/\S+/g, maskUserInfo) : text;
}

/**
 * A password that was not percent-encoded may hold any character, so everything up to the last `@` goes, unless what
 * follows the first colon reads as a port. Only the part that ends in `@` is searched: that keeps it linear.
 */
function maskUserInfo(word: string): string {
  const end = word.lastIndexOf('@') + 1;
  if (end === 0) return word;
  let isCutInQuery = false;
  const masked = word.slice(0, end).replace(/:\/\/[^/:@]*(?::(?!\d{1,5}[/?#])\S*)?@/g, (userInfo) => {
    // The `@` may be that of a secret of the query, whose name is gone then.
    isCutInQuery ||= userInfo.includes('=');
    return `://${REDACTED}@`;
  });
  return masked + (isCutInQuery ? REDACTED : word.slice(end));
}
