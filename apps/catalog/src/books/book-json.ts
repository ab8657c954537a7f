import { jsonObject, type SqlDialect } from '@evernest/database';
import type { ExpressionBuilder, RawBuilder } from 'kysely';
import type { CatalogSchema } from '../database/schema.js';

/**
 * The JSON of a `Book`, whole, as one column of a query over `books`: for each column that comes by itself the driver makes a
 * JavaScript value, which takes longer than to make the JSON of it.
 */
export function bookJson(
  eb: ExpressionBuilder<CatalogSchema, 'books'>,
  dialect: SqlDialect,
): RawBuilder<string> {
  return jsonObject({
    id: dialect.jsonValue(eb.ref('books.id')),
    title: dialect.jsonValue(eb.ref('books.title')),
    summary: dialect.jsonValue(eb.ref('books.summary')),
    isbn: dialect.jsonValue(eb.ref('books.isbn')),
    languages: dialect.jsonList(
      eb
        .selectFrom('book_languages as spoken')
        .select('spoken.language')
        .whereRef('spoken.book_id', '=', 'books.id')
        .orderBy('position'),
      'language',
    ),
    publishedOn: dialect.jsonValue(eb.ref('books.published_on')),
    authors: dialect.jsonArray(
      eb
        .selectFrom('book_authors')
        .innerJoin('authors', 'authors.id', 'book_authors.author_id')
        .select(['authors.id', 'authors.name', 'book_authors.role'])
        .whereRef('book_authors.book_id', '=', 'books.id')
        .orderBy('position'),
    ),
    genres: dialect.jsonArray(
      eb
        .selectFrom('book_genres as shelf')
        .innerJoin('genres', 'genres.id', 'shelf.genre_id')
        .select(['genres.id', 'genres.name'])
        .whereRef('shelf.book_id', '=', 'books.id')
        .orderBy('genres.name_key')
        .orderBy('genres.id'),
    ),
  });
}
