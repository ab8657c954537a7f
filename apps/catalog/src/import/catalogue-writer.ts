import {
  DatabaseBusyError,
  ForeignKeyViolationError,
  UniqueViolationError,
  type Database,
} from '@evernest/database';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import {
  addBooks,
  addCopies,
  addLanguages,
  indexWords,
  linkAuthors,
  linkGenres,
  withoutPresent,
} from './book-rows.js';
import type { BatchedBook, BookBatch } from './book-batch.js';
import { storeAuthors, storeGenres } from './named-rows.js';
import { RecordStatements } from './record-statements.js';

/** Others may delete an author that a batch has just found, or hold the database for longer than a write waits. */
const ATTEMPTS = 3;

/** What one batch changed. */
export interface WrittenBatch {
  readonly books: number;
  /** Rows whose book the catalogue had already, or that came earlier in the batch. */
  readonly present: number;
  readonly authors: number;
  readonly genres: number;
}

/** Stores books in batches, each in one transaction: wholly there or not at all. */
export class CatalogueWriter {
  readonly #statements: RecordStatements;

  constructor(private readonly database: Database<CatalogSchema>) {
    this.#statements = new RecordStatements(database.dialect);
  }

  /** Books that the catalogue has are left as they are: people may have edited them. @throws DatabaseError */
  async write(batch: BookBatch): Promise<WrittenBatch> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((db) => this.#write(db, batch));
      } catch (error) {
        if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      }
    }
  }

  async #write(db: CatalogDb, batch: BookBatch): Promise<WrittenBatch> {
    const statements = this.#statements;
    const absent = await withoutPresent(db, statements, batch.books);
    const authors = await storeAuthors(db, statements, batch.authors, authorPlaces(absent));
    const genres = await storeGenres(db, statements, batch.genres, genrePlaces(absent));
    const added = await addBooks(db, statements, absent);
    await linkAuthors(db, statements, added, authors.ids);
    await linkGenres(db, statements, added, genres.ids);
    await addLanguages(db, statements, added);
    await addCopies(db, statements, added);
    await indexWords(db, statements, added);
    return {
      books: added.length,
      present: batch.books.length - added.length,
      authors: authors.added,
      genres: genres.added,
    };
  }
}

/** An author whom only books name that the catalogue has already may have been renamed since: leave him out. */
function authorPlaces(books: readonly BatchedBook[]): Set<number> {
  const places = new Set<number>();
  for (const { authors } of books) for (const { place } of authors) places.add(place);
  return places;
}

function genrePlaces(books: readonly BatchedBook[]): Set<number> {
  const places = new Set<number>();
  for (const { genres } of books) for (const place of genres) places.add(place);
  return places;
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof DatabaseBusyError ||
    error instanceof ForeignKeyViolationError ||
    error instanceof UniqueViolationError
  );
}
