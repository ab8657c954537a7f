import fc from 'fast-check';
import { table, type Column } from './table.js';

interface Row {
  readonly name: string;
  readonly reason: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', value: ({ name }) => name },
  { title: 'SIZE', align: 'right', value: ({ name }) => String(name.length) },
  { title: 'REASON', value: ({ reason }) => reason },
];
const plain = (width: number) => ({ width, paintTitle: (title: string) => title });

describe('a table', () => {
  it('has a line for each row, numbers at the right, no border and no trailing space', () => {
    const rows = [
      { name: 'books', reason: 'why not' },
      { name: 'a', reason: '' },
    ];
    expect(table(COLUMNS, rows, plain(Infinity))).toBe(
      'NAME   SIZE  REASON\nbooks     5  why not\na         1',
    );
  });

  it('is no wider than the terminal, whatever its values', () => {
    const row = fc.record({
      name: fc.string({ maxLength: 30 }),
      reason: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 20, max: 120 }),
        (rows, width) => {
          for (const line of table(COLUMNS, rows, plain(width)).split('\n')) {
            expect(line.length).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });

  it('cuts the last column where the terminal ends, or goes on with it below', () => {
    const rows = [{ name: 'books', reason: 'one two three four five six seven' }];
    expect(table(COLUMNS, rows, plain(35))).toBe('NAME   SIZE  REASON\nbooks     5  one two three four fi…');
    expect(table(COLUMNS, rows, { ...plain(35), wrapLast: true })).toBe(
      'NAME   SIZE  REASON\nbooks     5  one two three four\n             five six seven',
    );
  });

  it('shows each row as a list where the terminal is too narrow for a table', () => {
    const rows = [
      { name: 'books', reason: 'one two three four five six seven' },
      { name: 'a', reason: 'b' },
    ];
    expect(table(COLUMNS, rows, plain(20))).toBe(
      'NAME    books\nSIZE    5\nREASON  one two thr…\n\nNAME    a\nSIZE    1\nREASON  b',
    );
  });

  it('keeps a value within its line, so that it cannot pass for a row', () => {
    const rows = [{ name: 'books\nforged  9  row', reason: '' }];
    expect(table(COLUMNS, rows, plain(Infinity)).split('\n')).toHaveLength(2);
  });
});
