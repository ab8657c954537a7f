import fc from 'fast-check';
import { jsonFormat } from './json-format.js';
import { logLineMaker } from './log-line.js';
import { prettyFormat } from './pretty-format.js';

// Tells a secret from everything else a line may hold.
const MARK = 'S3CR3T';
const secret = fc.string({ unit: 'binary' }).map((text) => `x${text}${MARK}`);
const printable = fc.stringMatching(/^[!-~]+$/).map((text) => `x${text}${MARK}`);

const SECRET_NAMES = [
  'authorization',
  'Cookie',
  'set-cookie',
  'PASSWORD',
  'passwd',
  'clientSecret',
  'access_token',
];
const secretField = fc
  .tuple(
    fc.constantFrom(...SECRET_NAMES, 'WRITE_TOKENS', 'x-api-key', 'apiKey', 'API KEY'),
    fc.oneof(secret, fc.tuple(secret), fc.record({ value: secret })),
  )
  .map(([name, value]) => ({ harmless: 1, [name]: value }));

const inText = fc.oneof(
  printable.map((token) => `GET / Bearer ${token}`),
  printable.map((password) => `cannot reach postgres://user:${password}@host/db`),
);

/** Puts a value somewhere inside of objects, lists, maps and errors. */
function hidden(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { anywhere } = fc.letrec<{ anywhere: unknown }>((tie) => ({
    anywhere: fc.oneof(
      { maxDepth: 6 },
      value,
      tie('anywhere').map((inner) => [inner]),
      fc.tuple(fc.string(), tie('anywhere')).map(([name, inner]) => ({ [name]: inner })),
      tie('anywhere').map((inner) => new Map([['inner', inner]])),
      tie('anywhere').map((cause) => new Error('outer', { cause })),
    ),
  }));
  return anywhere;
}

const logLine = logLineMaker();

function texts(...args: unknown[]): [json: string, pretty: string] {
  const line = logLine('error', args, undefined);
  return [jsonFormat(line), prettyFormat(false)(line)];
}

describe('a log line', () => {
  it('never shows a secret, wherever it was', () => {
    fc.assert(
      fc.property(hidden(fc.oneof(secretField, inText)), fc.boolean(), (value, first) => {
        const [json, pretty] = first ? texts(value, 'Books') : texts('failed', value, 'Books');
        expect(json).not.toContain(MARK);
        expect(pretty).not.toContain(MARK);
      }),
      { numRuns: 1000 },
    );
  });

  it('is exactly one line of JSON with the message it was given, whatever that is', () => {
    const nasty = fc.constantFrom(
      '\n',
      '\r\n',
      '\u2028',
      '\u2029',
      '\u0085',
      '\u001b[31m',
      '"',
      '\\',
      '%d',
      '\u202e',
    );
    const message = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }), nasty))
      .map((parts) => `m ${parts.join('')}`);
    const harmless = message.filter((text) => !/bearer|:\/\//i.test(text));
    fc.assert(
      fc.property(harmless, fc.anything(), (text, value) => {
        const [json] = texts(text, { value });
        expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(JSON.parse(json)).toMatchObject({ level: 'error', message: text, pid: process.pid });
      }),
      { numRuns: 1000 },
    );
  });

  it('is written for any arguments at all', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.array(anything), (args) => {
        const [json, pretty] = texts(...args);
        expect(JSON.parse(json)).toMatchObject({ level: 'error' });
        expect(pretty).toMatch(/^\d\d:\d\d:\d\d ERROR/);
      }),
      { numRuns: 1000 },
    );
  });
});
