import { logLineMaker } from './log-line.js';
import { prettyFormat } from './pretty-format.js';

const logLine = logLineMaker();

function pretty(...args: unknown[]): string {
  return prettyFormat(false)(logLine('error', args, { requestId: 'req-1' }));
}

describe('prettyFormat', () => {
  it('puts context, message and fields on one line', () => {
    expect(pretty('failed', { rows: [1], what: 'two words' }, 'Books')).toMatch(
      /^\d\d:\d\d:\d\d ERROR {3}\[Books\] failed requestId=req-1 rows=\[1\] what="two words"$/,
    );
  });

  it('indents the stack of each error, its causes below', () => {
    const cause = new TypeError('inner', { cause: 'no paper' });
    const [head, ...stack] = pretty('failed', new Error('outer', { cause }), new Error('another')).split(
      '\n',
    );
    expect(head).toMatch(/failed requestId=req-1$/);
    expect(stack.every((line) => line.startsWith('    '))).toBe(true);
    expect(stack.filter((line) => !/^ {8}at /.test(line))).toEqual([
      '    Error: outer',
      '    caused by: TypeError: inner',
      '    caused by: string: no paper',
      '    Error: another',
    ]);
  });

  it('escapes what could begin a line, command the terminal or reorder the text', () => {
    const text = pretty(
      'one\ntwo\u001b[31m\r\u009b1m\u2028\u202e',
      { 'a\nb': 'c\u007f\u0085' },
      new Error('x\u001b]0;'),
    );
    expect(text.split('\n')[0]).toContain(String.raw`one\ntwo\u001b[31m\r\u009b1m\u2028\u202e`);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });
});
