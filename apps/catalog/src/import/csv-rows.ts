import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { findRowEnds, type RowEnd } from './row-ends.js';

/** Three times what a row within the limits of the API needs; a quote that is never closed ends here. */
const LONGEST_ROW_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;
const NUL = '\0';
const BYTE_ORDER_MARK = Buffer.from('\u{feff}');
const REPLACEMENT_CHARACTER = '\u{fffd}';

const CSV = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] };

const QUOTE_FAULTS: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'has text after its closing quote',
  INVALID_OPENING_QUOTE: 'has a quote inside a value that is not quoted',
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that is not closed properly',
};

/** A row as the file has it, or, with a fault, as much of it as could be read. */
export interface CsvRow {
  /** The number of its first line in the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly fault?: CsvFault;
}

export interface CsvFault {
  /** Which field is at fault, from 0; none when it is the row as a whole. */
  readonly place?: number;
  readonly reason: string;
}

/**
 * Reads the rows of a CSV file, blank lines left out. A fault costs one row: reading goes on with the line after
 * the one where that row starts.
 */
export async function* readCsvRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRow[]> {
  const rows = new CsvRows();
  for await (const chunk of chunks) yield rows.take(chunk);
  yield rows.end();
}

class CsvRows {
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #atStart = true;
  #skipsLine = false;

  take(chunk: Buffer): CsvRow[] {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (this.#atStart) {
      if (this.#rest.length < BYTE_ORDER_MARK.length) return [];
      this.#dropByteOrderMark();
    }
    return this.#rows(false);
  }

  end(): CsvRow[] {
    return this.#rows(true);
  }

  #dropByteOrderMark(): void {
    const marked = this.#rest.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    if (marked) this.#rest = this.#rest.subarray(BYTE_ORDER_MARK.length);
    this.#atStart = false;
  }

  #rows(atEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    for (;;) {
      if (this.#skipsLine) this.#skipLine();
      const ends = findRowEnds(this.#rest);
      const complete = ends.at(-1)?.offset ?? 0;
      if (atEnd && complete < this.#rest.length) ends.push({ offset: this.#rest.length, lineFeeds: 0 });

      const parsed = this.#parse(ends, rows);
      const isStuck = parsed < ends.length || this.#rest.length > LONGEST_ROW_BYTES;
      if (!isStuck) return rows;
      rows.push(this.#rejectLine(atEnd));
    }
  }

  /** Moves the rows that parse to `rows`, up to the first that does not. @returns their number. */
  #parse(ends: readonly RowEnd[], rows: CsvRow[]): number {
    const tooLong = ends.findIndex(
      ({ offset }, index) => offset - (ends[index - 1]?.offset ?? 0) > LONGEST_ROW_BYTES,
    );
    const candidates = tooLong === -1 ? ends : ends.slice(0, tooLong);
    const records = this.#parseAll(candidates) ?? this.#parseOneByOne(candidates);
    const taken = candidates.slice(0, records.length);
    this.#append(records, taken, rows);
    this.#rest = this.#rest.subarray(taken.at(-1)?.offset ?? 0);
    return taken.length;
  }

  #parseAll(ends: readonly RowEnd[]): string[][] | undefined {
    try {
      const records = parse(this.#rest.subarray(0, ends.at(-1)?.offset ?? 0), CSV);
      return records.length === ends.length ? records : undefined;
    } catch {
      return undefined;
    }
  }

  #parseOneByOne(ends: readonly RowEnd[]): string[][] {
    const records: string[][] = [];
    let start = 0;
    for (const { offset } of ends) {
      try {
        const [record, more] = parse(this.#rest.subarray(start, offset), CSV);
        if (!record || more) break;
        records.push(record);
      } catch {
        break;
      }
      start = offset;
    }
    return records;
  }

  #append(records: readonly string[][], ends: readonly RowEnd[], rows: CsvRow[]): void {
    const length = ends.at(-1)?.offset ?? 0;
    const bytes = this.#rest.subarray(0, length);
    const isClean = isUtf8(bytes) && !bytes.includes(NUL) && !bytes.includes(REPLACEMENT_CHARACTER);
    let start = 0;
    for (const [index, { offset, lineFeeds }] of ends.entries()) {
      const fields = records[index] ?? [];
      const line = this.#line;
      if (!isBlank(fields)) {
        const fault = isClean ? undefined : characterFault(fields, bytes.subarray(start, offset));
        rows.push(fault ? { line, fields, fault } : { line, fields });
      }
      this.#line += lineFeeds;
      start = offset;
    }
  }

  #rejectLine(atEnd: boolean): CsvRow {
    const lineFeed = this.#rest.indexOf(LINE_FEED);
    const bytes = lineFeed === -1 ? this.#rest : this.#rest.subarray(0, lineFeed + 1);
    const row = { line: this.#line, fields: [bytes.toString().trimEnd()], fault: quoteFault(bytes) };
    this.#rest = this.#rest.subarray(bytes.length);
    this.#line++;
    this.#skipsLine = lineFeed === -1 && !atEnd;
    return row;
  }

  #skipLine(): void {
    const lineFeed = this.#rest.indexOf(LINE_FEED);
    this.#skipsLine = lineFeed === -1;
    this.#rest = this.#skipsLine ? Buffer.alloc(0) : this.#rest.subarray(lineFeed + 1);
  }
}

function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0]?.trim() === '';
}

function characterFault(fields: readonly string[], bytes: Buffer): CsvFault | undefined {
  const nul = fields.findIndex((field) => field.includes(NUL));
  if (nul !== -1) return { place: nul, reason: 'contains the NUL character' };
  const broken = fields.findIndex((field) => field.includes(REPLACEMENT_CHARACTER));
  if (broken === -1) return undefined;
  // A file of rejects is UTF-8 again, with this character where the original was broken.
  const reason = isUtf8(bytes)
    ? 'contains U+FFFD, which stands for a character that was lost'
    : 'is not valid UTF-8; is the file Latin-1?';
  return { place: broken, reason };
}

function quoteFault(line: Buffer): CsvFault {
  try {
    parse(line, CSV);
  } catch (error) {
    const reason = error instanceof CsvError ? QUOTE_FAULTS[error.code] : undefined;
    if (reason && error instanceof CsvError && typeof error['column'] === 'number') {
      return { place: error['column'], reason };
    }
  }
  return { reason: `is longer than ${LONGEST_ROW_BYTES} bytes` };
}
