import fc from 'fast-check';
import { oneLineJson } from './one-line-json.js';
import { logLineMaker } from './log-line.js';
import { prettyFormat } from './pretty-format.js';

const logLine = logLineMaker();

function texts(...args: unknown[]): [json: string, pretty: string] {
  const line = logLine('error', args, undefined);
  return [oneLineJson(line), prettyFormat(false)(line)];
}

describe('a log line', () => {
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
      { numRuns: 300 },
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
      { numRuns: 300 },
    );
  });
});
