import type { CatalogDb } from '../database/schema.js';
import type { BatchedBook } from './book-batch.js';
import type { RecordStatements } from './record-statements.js';

/** A book that this batch added. */
export interface AddedBook {
  readonly id: number;
  readonly book: BatchedBook;
}

/** Ids by the place in the batch. */
type Ids = ReadonlyMap<number, number>;

/** Leaves out what the catalogue has, and what the batch holds twice. */
export async function withoutPresent(
  db: CatalogDb,
  statements: RecordStatements,
  batch: readonly BatchedBook[],
): Promise<BatchedBook[]> {
  const books = new Map<string, BatchedBook>();
  for (const book of batch) if (!books.has(book.sourceKey)) books.set(book.sourceKey, book);
  const isbns = [...books.values()].map(({ isbn }) => isbn).filter((isbn) => isbn !== null);

  const knownKeys = await statements.findIds(db, 'books', 'source_key', [...books.keys()]);
  const knownIsbns = await statements.findIds(db, 'books', 'isbn', isbns);
  return [...books.values()].filter(
    ({ sourceKey, isbn }) => !knownKeys.has(sourceKey) && (isbn === null || !knownIsbns.has(isbn)),
  );
}

/** @returns the books that were added; on PostgreSQL another import may have been faster with some. */
export async function addBooks(
  db: CatalogDb,
  statements: RecordStatements,
  books: readonly BatchedBook[],
): Promise<AddedBook[]> {
  const rows = books.map(({ title, titleKey, summary, isbn, publishedOn, sourceKey }) => ({
    title,
    title_key: titleKey,
    summary,
    isbn,
    published_on: publishedOn,
    source_key: sourceKey,
  }));
  const ids = await statements.insertNew(db, 'books', 'source_key', rows, {
    title: 'text',
    title_key: 'text',
    summary: 'text',
    isbn: 'text',
    published_on: 'text',
    source_key: 'text',
  });
  return books.flatMap((book) => {
    const id = ids.get(book.sourceKey);
    return id === undefined ? [] : [{ id, book }];
  });
}

export async function linkAuthors(
  db: CatalogDb,
  statements: RecordStatements,
  added: readonly AddedBook[],
  authorIds: Ids,
): Promise<void> {
  const rows = added.flatMap(({ id, book }) =>
    book.authors.map(({ place, role }, position) => ({
      book_id: id,
      position,
      author_id: idAt(authorIds, place),
      role,
    })),
  );
  const columns = { book_id: 'integer', position: 'integer', author_id: 'integer', role: 'text' } as const;
  await statements.insert(db, 'book_authors', rows, columns);
}

export async function linkGenres(
  db: CatalogDb,
  statements: RecordStatements,
  added: readonly AddedBook[],
  genreIds: Ids,
): Promise<void> {
  const rows = added.flatMap(({ id, book }) =>
    book.genres.map((place) => ({ book_id: id, genre_id: idAt(genreIds, place) })),
  );
  await statements.insert(db, 'book_genres', rows, { book_id: 'integer', genre_id: 'integer' });
}

export async function addLanguages(
  db: CatalogDb,
  statements: RecordStatements,
  added: readonly AddedBook[],
): Promise<void> {
  const rows = added.flatMap(({ id, book }) =>
    book.languages.map((language, position) => ({ book_id: id, position, language })),
  );
  const columns = { book_id: 'integer', position: 'integer', language: 'text' } as const;
  await statements.insert(db, 'book_languages', rows, columns);
}

export async function addCopies(
  db: CatalogDb,
  statements: RecordStatements,
  added: readonly AddedBook[],
): Promise<void> {
  const rows = added.flatMap(({ id, book: { imprint } }) =>
    imprint === null ? [] : [{ book_id: id, imprint, status: 'available' }],
  );
  await statements.insert(db, 'copies', rows, { book_id: 'integer', imprint: 'text', status: 'text' });
}

export async function indexWords(
  db: CatalogDb,
  statements: RecordStatements,
  added: readonly AddedBook[],
): Promise<void> {
  const rows = added.map(({ id, book: { words } }) => ({ rowid: id, words }));
  await statements.insertWords(db, 'book_words', rows);
}

function idAt(ids: Ids, place: number): number {
  const id = ids.get(place);
  if (id === undefined) throw new Error(`a book refers to place ${place} that was not stored`);
  return id;
}
