import { BookBatchBuilder } from './book-batch.js';
import type { ImportedBook } from './imported-book.js';
import type { FileProblem, ReadBatch, RejectedRow } from './read-batch.js';

/** Collects what is read until it is handed on. */
export class BatchBuilder {
  rows = 0;
  leftOut = 0;
  bytesRead = 0;
  #books = new BookBatchBuilder();
  #rejected: RejectedRow[] = [];
  #warnings: string[] = [];
  #problems: FileProblem[] = [];

  add(book: ImportedBook): void {
    this.#books.add(book);
  }

  reject(row: RejectedRow): void {
    this.#rejected.push(row);
  }

  warn(text: string): void {
    this.#warnings.push(text);
  }

  report(problem: FileProblem): void {
    this.#problems.push(problem);
  }

  /** Hands on what there is and starts anew. */
  take(): ReadBatch {
    const batch = {
      rows: this.rows,
      books: this.#books.books,
      authors: this.#books.authors,
      genres: this.#books.genres,
      leftOut: this.leftOut,
      rejected: this.#rejected,
      warnings: this.#warnings,
      problems: this.#problems,
      bytesRead: this.bytesRead,
    };
    this.rows = this.leftOut = 0;
    this.#books = new BookBatchBuilder();
    this.#rejected = [];
    this.#warnings = [];
    this.#problems = [];
    return batch;
  }
}
