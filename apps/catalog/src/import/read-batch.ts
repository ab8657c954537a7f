import type { BookBatch } from './book-batch.js';

/** A row that is not taken, and why. */
export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly header: readonly string[];
  /** The values as the file has them, or the line as a whole where they could not be told apart. */
  readonly fields: readonly string[];
}

/** A file that could not be read (further). */
export interface FileProblem {
  readonly file: string;
  readonly message: string;
  /** `unreadable`: the system gave no data; `unknown-format`: it is no catalogue. */
  readonly kind: 'unreadable' | 'unknown-format';
}

/** What was read from the files since the last batch. */
export interface ReadBatch extends BookBatch {
  readonly rows: number;
  /** Entries that are no texts. */
  readonly leftOut: number;
  readonly rejected: readonly RejectedRow[];
  readonly warnings: readonly string[];
  readonly problems: readonly FileProblem[];
  /** Of all files so far, in bytes. */
  readonly bytesRead: number;
}
