import type { SqlDialect } from '@evernest/database';
import type { CatalogDb } from '../database/schema.js';
import { JsonText } from '../http/json-text.js';
import type { Position } from '../pagination/cursor.js';
import type { BookSort } from './book-sorts.js';
import type { Book } from './books.dto.js';

/** Books with everything that their read shape needs, in one query. */
export function selectBooks(db: CatalogDb, dialect: SqlDialect) {
  return db
    .selectFrom('books')
    .select(['books.id', 'title', 'title_key', 'summary', 'isbn', 'published_on'])
    .select((eb) => [
      dialect
        .jsonList(
          eb
            .selectFrom('book_languages as spoken')
            .select('spoken.language')
            .whereRef('spoken.book_id', '=', 'books.id')
            .orderBy('position'),
          'language',
        )
        .as('languages'),
      dialect
        .jsonArray(
          eb
            .selectFrom('book_authors')
            .innerJoin('authors', 'authors.id', 'book_authors.author_id')
            .select(['authors.id', 'authors.name', 'book_authors.role'])
            .whereRef('book_authors.book_id', '=', 'books.id')
            .orderBy('position'),
        )
        .as('authors'),
      dialect
        .jsonArray(
          eb
            .selectFrom('book_genres as shelf')
            .innerJoin('genres', 'genres.id', 'shelf.genre_id')
            .select(['genres.id', 'genres.name'])
            .whereRef('shelf.book_id', '=', 'books.id')
            .orderBy('genres.name_key')
            .orderBy('genres.id'),
        )
        .as('genres'),
    ]);
}

export interface BookRow {
  readonly id: number;
  readonly title: string;
  readonly title_key: string;
  readonly summary: string | null;
  readonly isbn: string | null;
  readonly published_on: string | null;
  readonly languages: string;
  readonly authors: string;
  readonly genres: string;
}

/** The JSON of a {@link Book}, from parts that are JSON already. */
export function bookJson(row: BookRow): JsonText<Book> {
  return new JsonText(
    `{"id":${row.id}` +
      `,"title":${JSON.stringify(row.title)}` +
      `,"summary":${JSON.stringify(row.summary)}` +
      `,"isbn":${JSON.stringify(row.isbn)}` +
      `,"languages":${row.languages}` +
      `,"publishedOn":${JSON.stringify(row.published_on)}` +
      `,"authors":${row.authors}` +
      `,"genres":${row.genres}}`,
  );
}

/** Where a book stands in an order; see book-sorts.ts. */
export function positionOf({ id, title_key, published_on }: BookRow, sort: BookSort): Position {
  switch (sort) {
    case 'id':
    case '-id':
      return [id];
    case 'title':
    case '-title':
      return [title_key, id];
    case 'publishedOn':
    case '-publishedOn':
      return [published_on ?? '', id];
    default:
      return sort satisfies never;
  }
}
