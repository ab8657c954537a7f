import { isSecretName, REDACTED } from './secret-names.js';
import { secretValue, type BareValue } from './secret-value.js';

// Also percent-encoded, once or twice, as in a URL that is a parameter of another.
const SEPARATORS = /[=:>]|%(?:25)*3[ad]/gi;
// Parts of secrets' names that separators do not divide; most texts hold none, and need not be looked at more closely.
const MAY_HOLD_NAME =
  /authorization|cookie|pass|pwd|secret|token|jwt|api.?key|access.?key|private.?key|signature|credential|session|%/i;
// Longer than any name that makes sense; the bound keeps the search linear.
const MAX_NAME_LENGTH = 128;
const NAME_AT_END = /(?:(?:api|access|private) )?[\w.$%+[\]~-]+(\\*["'`])?[ \t]*$/i;
// As in a stack: `token.service.js:12`.
const SOURCE_LINE = /\.[cm]?[jt]sx?:\d$/;

/**
 * Masks what follows a name that promises a secret in a text: `password=…`, `"token":"…"`, `Cookie: …`, the values of
 * queries and fragments of URLs, JSON in a string. Each separator is looked at once, with what is written before it.
 */
export function maskNamedSecrets(text: string): string {
  if (!MAY_HOLD_NAME.test(text)) return text;
  const separators = new RegExp(SEPARATORS);
  let masked = '';
  let shown = 0;
  let nameStart = 0;
  for (let separator = separators.exec(text); separator; separator = separators.exec(text)) {
    const before = text.slice(Math.max(nameStart, separator.index - MAX_NAME_LENGTH), separator.index);
    nameStart = separators.lastIndex;
    const bare = bareValueOfSecret(before);
    if (bare === undefined || isSourceLine(text, nameStart)) continue;
    const { start, end } = secretValue(text, endOfPadding(text, nameStart), bare);
    if (end <= start) continue;
    masked += text.slice(shown, start) + REDACTED;
    shown = nameStart = separators.lastIndex = end;
  }
  return masked + text.slice(shown);
}

/** How a value ends that follows this text and a separator, undefined if the text does not end in a secret's name. */
function bareValueOfSecret(before: string): BareValue | undefined {
  if (before === '') return undefined;
  const [whole = '', quote] = NAME_AT_END.exec(before) ?? [];
  const name = lastName(whole);
  if (!isSecretName(name)) return undefined;
  if (quote !== undefined) return 'literal';
  // Their values hold spaces, except in a query.
  const isHeader = /authorization|cookie/i.test(name) && !/[?&]$/.test(before.slice(0, -whole.length));
  return isHeader ? 'line' : 'word';
}

/** The name itself where encoded characters, such as those of a URL or of JSON in a query, come before it. */
function lastName(encoded: string): string {
  let name = encoded;
  for (let layer = 0; layer < 3 && name.includes('%'); layer += 1) {
    name = name.replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }
  return /[^?&#;/=:{,"'`\\]+(?=["'`\\\s]*$)/.exec(name)?.[0] ?? '';
}

function isSourceLine(text: string, numberStart: number): boolean {
  return SOURCE_LINE.test(text.slice(Math.max(0, numberStart - '.mjsx:'.length), numberStart + 1));
}

function endOfPadding(text: string, start: number): number {
  let end = start;
  while (end < text.length && ' \t=>:'.includes(text.charAt(end))) end += 1;
  return end;
}
