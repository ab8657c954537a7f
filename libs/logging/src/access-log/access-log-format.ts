import type { ResolvedAccessLogOptions } from './access-log-options.js';
import { compileFormat, type Format } from './compile-format.js';
import { readCustomToken, type CustomToken } from './custom-token.js';
import { devFormat } from './dev-format.js';
import { escapeField } from './field-text.js';
import { JSON_FIELDS, accessJson } from './access-json.js';
import { builtInTokens, type Surroundings, type Token } from './tokens.js';

/** Morgan's formats that are a row of tokens. */
const TOKEN_FORMATS = new Map([
  [
    'combined',
    ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length] ":referrer" ":user-agent"',
  ],
  [
    'common',
    ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length]',
  ],
  [
    'short',
    ':remote-addr :remote-user :method :url HTTP/:http-version :status :res[content-length] - :response-time ms',
  ],
  ['tiny', ':method :url :status :res[content-length] - :response-time ms'],
]);

/** @throws Error naming what is wrong with the format or the tokens. */
export function accessLogFormat(
  { format, tokens: custom, colours }: Pick<ResolvedAccessLogOptions, 'format' | 'tokens' | 'colours'>,
  surroundings: Surroundings,
): Format {
  const tokens = builtInTokens(surroundings);
  for (const [name, read] of custom) {
    requireFree(name, tokens);
    tokens.set(name, tokenOf(read));
  }
  if (format === 'json') return accessJson(surroundings, custom);
  if (format === 'dev') return devFormat(colours, tokens);
  return compileFormat(TOKEN_FORMATS.get(format) ?? requireTokens(format), tokens);
}

/** Whether the lines of a format tell when the answer began. */
export function usesAnswerTime(format: string): boolean {
  return format === 'dev' || (TOKEN_FORMATS.get(format) ?? format).includes(':response-time');
}

function tokenOf(read: CustomToken): Token {
  return (argument) => (request, reply) => {
    const text = readCustomToken(read, request, reply, argument);
    return text === undefined ? undefined : escapeField(text);
  };
}

function requireFree(name: string, tokens: ReadonlyMap<string, Token>): void {
  if (!/^[-\w]{2,}$/.test(name)) {
    throw new Error(`Access log token "${name}" must be two or more of letters, digits, _ and -.`);
  }
  if (tokens.has(name) || JSON_FIELDS.includes(name)) {
    throw new Error(
      `Access log token "${name}" is one that the access log has already; call yours otherwise.`,
    );
  }
}

/** A misspelt name would otherwise be the text of every line. */
function requireTokens(format: string): string {
  if (format.includes(':')) return format;
  const names = [...TOKEN_FORMATS.keys(), 'dev', 'json'].join(', ');
  throw new Error(`Access log format "${format}" is not known; use one of ${names}, or tokens such as :url.`);
}
