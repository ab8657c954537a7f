import Table from 'cli-table3';
import { oneLine } from './printable.js';

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly value: (row: Row) => string;
  /** Adds colour to what is shown, and changes nothing else of it. */
  readonly paint?: (text: string, row: Row) => string;
}

export interface TableStyle {
  /** How many columns the terminal has; Infinity where there is none. */
  readonly width: number;
  readonly paintTitle: (text: string) => string;
  /** Whether the last column goes on in further lines, rather than being cut, where it does not fit. */
  readonly wrapLast?: boolean;
}

/** With less room than this for its last column, a table is of no use. */
const LEAST_LAST_WIDTH = 16;
const GAP = '  ';
const BORDERS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid';
const NO_BORDER = {
  ...Object.fromEntries(BORDERS.split(' ').map((border) => [border, ''])),
  middle: GAP,
};
const PLAIN = { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true };

/** A table without borders that is no wider than the terminal; each row as a list of its values where that is too narrow. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: TableStyle): string {
  const others = columns.slice(0, -1);
  const room = style.width - naturalWidth(others, rows) - GAP.length;
  if (naturalWidth(columns, rows) <= style.width) return drawn(columns, rows, style, null);
  if (room >= LEAST_LAST_WIDTH) return drawn(columns, rows, style, room);
  return rows.map((row) => list(columns, row, style)).join('\n\n');
}

function drawn<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { paintTitle, wrapLast = false }: TableStyle,
  lastWidth: number | null,
): string {
  const layout = new Table({
    chars: NO_BORDER,
    style: PLAIN,
    head: columns.map(({ title }) => paintTitle(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: columns.map((_, index) => (index === columns.length - 1 ? lastWidth : null)),
    wordWrap: wrapLast && lastWidth !== null,
  });
  layout.push(...rows.map((row) => columns.map((column) => cell(column, row))));
  return withoutTrailingSpaces(layout.toString());
}

function list<Row>(columns: readonly Column<Row>[], row: Row, { width, paintTitle }: TableStyle): string {
  const titleWidth = Math.max(...columns.map(({ title }) => title.length));
  const layout = new Table({
    chars: NO_BORDER,
    style: PLAIN,
    colWidths: [titleWidth, Math.max(1, width - titleWidth - GAP.length)],
  });
  layout.push(...columns.map((column) => [paintTitle(column.title), cell(column, row)]));
  return withoutTrailingSpaces(layout.toString());
}

function cell<Row>({ value, paint }: Column<Row>, row: Row): string {
  const text = oneLine(value(row));
  return paint ? paint(text, row) : text;
}

/** The titles are ASCII, so that the length of their line is what the table takes. */
function naturalWidth<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  const layout = new Table({ chars: NO_BORDER, style: PLAIN, head: columns.map(({ title }) => title) });
  layout.push(...rows.map((row) => columns.map(({ value }) => oneLine(value(row)))));
  return layout.toString().split('\n', 1)[0]?.length ?? 0;
}

function withoutTrailingSpaces(text: string): string {
  return text.replaceAll(/ +$/gm, '');
}
