import type { SqlDialect } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogDb } from '../database/schema.js';
import type { Position } from '../pagination/cursor.js';
import { isAfter, orderOf } from '../pagination/keyset.js';
import { bookJson } from './book-json.js';
import { bookOrder, positionColumns, type BookSort } from './book-sorts.js';

/** Which books a page holds. */
export interface BookPageValues {
  /** What `SqlDialect.wordQuery` makes. */
  readonly wordQuery: string | undefined;
  readonly author: number | undefined;
  readonly genre: number | undefined;
  readonly language: string | undefined;
  readonly after: Position | undefined;
  readonly count: number;
}

/** A book, and of the columns of positions those that the order of the page has. */
export interface BookPageRow {
  readonly json: string;
  readonly title_key: string;
  readonly published_key: string;
  readonly id: number;
}

export function selectBookPage(db: CatalogDb, dialect: SqlDialect, sort: BookSort, values: BookPageValues) {
  const { wordQuery, author, genre, language, after, count } = values;
  let query = db
    .selectFrom('books')
    .select((eb) => bookJson(eb, dialect).as('json'))
    .select(positionColumns(sort).map((column) => `books.${column}` as const))
    .limit(count);
  // Rows are compared and ordered by the id of the last table joined: its index gives them in order from the
  // position on, where SQLite would else collect and sort every match for each page.
  let id = sql.ref('books.id');
  if (author !== undefined) {
    query = query.where('books.id', 'in', (eb) =>
      eb.selectFrom('book_authors').select('book_id').where('author_id', '=', author),
    );
  }
  if (language !== undefined) {
    query = query
      .innerJoin('book_languages', 'book_languages.book_id', 'books.id')
      .where('book_languages.language', '=', language);
    id = sql.ref('book_languages.book_id');
  }
  if (genre !== undefined) {
    query = query
      .innerJoin('book_genres', 'book_genres.book_id', 'books.id')
      .where('book_genres.genre_id', '=', genre);
    id = sql.ref('book_genres.book_id');
  }
  if (wordQuery !== undefined) {
    query = query
      .innerJoin('book_words', 'book_words.rowid', 'books.id')
      .where(dialect.hasWords('book_words', wordQuery));
    id = sql.ref('book_words.rowid');
  }
  const order = bookOrder(sort, id);
  if (after) query = query.where(isAfter(order, after));
  for (const column of orderOf(order)) query = query.orderBy(column);
  return query;
}
