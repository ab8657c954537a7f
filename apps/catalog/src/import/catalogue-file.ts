import type { BatchBuilder } from './batch-builder.js';
import { recogniseFormat, UnknownFormatError, type CatalogueFormat } from './catalogue-format.js';
import type { CsvRow } from './csv-rows.js';
import { RowFault, WHOLE_ROW } from './row-fault.js';

/** The rows of one file: the first says how to read the others. */
export class CatalogueFile {
  #header: readonly string[] = [];
  #format?: CatalogueFormat;

  constructor(
    private readonly name: string,
    private readonly batch: BatchBuilder,
  ) {}

  /** @throws UnknownFormatError when the first row is the header of no catalogue. */
  take(row: CsvRow): void {
    if (this.#format) this.#takeRow(row, this.#format);
    else this.#takeHeader(row);
  }

  /** @throws UnknownFormatError when there was no row at all. */
  end(): void {
    if (!this.#format) throw new UnknownFormatError('is empty; a header with a title column was expected');
  }

  #takeHeader({ fields, fault }: CsvRow): void {
    if (fault) throw new UnknownFormatError(`has a header that cannot be read: it ${fault.reason}`);
    this.#format = recogniseFormat(fields);
    this.#header = fields;
    const { ignored } = this.#format;
    if (ignored.length > 0) this.batch.warn(`${this.name}: not read: ${ignored.join(', ')}`);
  }

  #takeRow({ line, fields, fault }: CsvRow, format: CatalogueFormat): void {
    this.batch.rows++;
    try {
      if (fault) throw new RowFault(this.#header[fault.place ?? -1] ?? WHOLE_ROW, fault.reason);
      const book = format.read(fields);
      if (book) this.batch.add(book);
      else this.batch.leftOut++;
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      const { column, message: reason } = error;
      this.batch.reject({ file: this.name, line, column, reason, header: this.#header, fields });
    }
  }
}
