import { prettyLine } from './pretty-line.js';
import { ReadLine } from './read-line.js';
import { lineAt, START_MS } from './reading.fixture.js';

const plain = prettyLine(false);
/** 18:00 in the zone of this machine. */
const TIME = new Date(START_MS).toLocaleString('sv').slice(0, 14);

describe('a line for people', () => {
  it('has its local time with milliseconds, level, context, message, fields, and its errors below', () => {
    const error = {
      name: 'Error',
      message: 'no',
      stack: 'Error: no\n    at x.js:1:2',
      causes: [{ name: 'TypeError', message: 'why', stack: 'TypeError: why' }],
    };
    const line = lineAt(7, {
      context: 'BooksService',
      message: 'found',
      requestId: 'r-1',
      error,
      pid: 1,
      worker: 3,
    });
    expect(plain(line)).toBe(
      `${TIME}00:00.007 INFO    [BooksService] found requestId=r-1 worker=3
    Error: no
        at x.js:1:2
    caused by: TypeError: why`,
    );
  });

  it.each([
    [200, 'INFO   '],
    [404, 'WARN   '],
    [503, 'ERROR  '],
  ])('of the access log has a level by its status: %d %s', (status, level) => {
    const line = lineAt(0, {
      level: undefined,
      method: 'GET',
      url: '/books?x=1',
      status,
      route: null,
      durationMs: 1.5,
    });
    expect(plain(line)).toBe(`${TIME}00:00.000 ${level} [access] GET /books?x=1 ${status} durationMs=1.5`);
  });

  it.each([
    ['text', 'Warning: Bücher', 'Warning: Bücher'],
    ['torn', '{"time":"2026-11-21T18:00:00.123Z","lev', '{"time":"2026-11-21T18:00:00.123Z","lev'],
    ['of another logger', '{"level":30,"time":1,"msg":"x"}', '{"level":30,"time":1,"msg":"x"}'],
    [
      'with a time that is none',
      '{"time":"x","level":"info","message":"m"}',
      '{"time":"x","level":"info","message":"m"}',
    ],
    ['that commands', 'a\u001b[2Jb\u009bc\rd\u202ee\r', 'a\\u001b[2Jb\\u009bc\\rd\\u202ee'],
  ])('that is no entry stays as it is, harmless: %s', (_what, text, expected) => {
    expect(plain(new ReadLine(Buffer.from(text).toString('latin1'), START_MS))).toBe(expected);
  });

  it('commands no terminal, whatever an entry holds', () => {
    const hostile = 'x\u001b[2J\u0007\u009b1A\u202e\u2028';
    const error = { name: hostile, message: hostile, stack: hostile, causes: [{ stack: hostile }] };
    const entry = { message: hostile, context: hostile, [hostile]: [hostile], error };
    const access = { level: undefined, method: hostile, url: hostile, status: 200, userAgent: hostile };
    for (const fields of [entry, access]) {
      expect(plain(lineAt(0, fields))).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Bidi_Control}]/u);
    }
  });

  it('is coloured on demand', () => {
    expect(prettyLine(true)(lineAt(0, { level: 'error', message: 'x' }))).toContain('\u001b[31mERROR');
  });
});
