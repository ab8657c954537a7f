import { GUTENBERG_COLUMNS, GUTENBERG_REQUIRED, readGutenbergRow } from './gutenberg-row.js';
import type { ImportedBook } from './imported-book.js';
import { PLAIN_COLUMNS, readPlainRow } from './plain-row.js';
import { REJECT_COLUMNS } from './reject-columns.js';
import { RowFault, WHOLE_ROW } from './row-fault.js';
import type { RowValues } from './row-values.js';

/** How the rows of one file become books. */
export interface CatalogueFormat {
  /** Columns of the file that are not read. */
  readonly ignored: readonly string[];
  /** @returns undefined for an entry that is no book. @throws RowFault */
  read(fields: readonly string[]): ImportedBook | undefined;
}

/** The first row is the header of no catalogue that we know; the message says what was expected. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
}

/** Recognises a format by its columns, in any order and case. @throws UnknownFormatError */
export function recogniseFormat(header: readonly string[]): CatalogueFormat {
  const names = header.map(fold);
  const repeated = header.find((name, index) => name.trim() !== '' && names.indexOf(fold(name)) < index);
  if (repeated !== undefined)
    throw new UnknownFormatError(`has the column ${repeated.trim()} more than once`);

  if (GUTENBERG_REQUIRED.every((column) => names.includes(fold(column)))) {
    return formatOf(header, GUTENBERG_COLUMNS, readGutenbergRow);
  }
  if (names.includes('title')) return formatOf(header, PLAIN_COLUMNS, readPlainRow);
  throw new UnknownFormatError(
    `does not start with a header that has a title column (${PLAIN_COLUMNS.join(',')}) ` +
      `or those of Project Gutenberg (${GUTENBERG_REQUIRED.join(',')},…)`,
  );
}

function formatOf(
  header: readonly string[],
  known: readonly string[],
  readRow: (value: RowValues) => ImportedBook | undefined,
): CatalogueFormat {
  const names = header.map(fold);
  const places = new Map(known.map((column) => [column, names.indexOf(fold(column))]));
  const silent = new Set(['', ...[...known, ...REJECT_COLUMNS].map(fold)]);
  return {
    ignored: header.map((name) => name.trim()).filter((name) => !silent.has(fold(name))),
    read(fields) {
      if (fields.length !== header.length) {
        throw new RowFault(WHOLE_ROW, `has ${fields.length} fields where the header has ${header.length}`);
      }
      return readRow((column) => fields[places.get(column) ?? -1] ?? '');
    },
  };
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
