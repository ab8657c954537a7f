import { Injectable } from '@nestjs/common';
import { Database, type PreparedQuery } from '@evernest/database';
import type { Selectable } from 'kysely';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { sortKey } from '../database/sort-key.js';
import { JsonText } from '../http/json-text.js';
import type { Position } from '../pagination/cursor.js';
import type { Placed } from '../pagination/paginate.js';
import { bookJson } from './book-json.js';
import { positionColumns, type BookSort } from './book-sorts.js';
import type { Book } from './books.dto.js';
import { selectBookPage, type BookPageRow, type BookPageValues } from './select-book-page.js';

/** Which books a list holds, and in which order. */
export interface BookSelection {
  readonly words?: readonly string[];
  readonly author?: number;
  readonly genre?: number;
  readonly language?: string;
  readonly sort: BookSort;
}

/** The columns of a book that a client may set. */
export type BookColumns = Partial<
  Pick<Selectable<CatalogSchema['books']>, 'title' | 'summary' | 'isbn' | 'published_on'>
>;

@Injectable()
export class BooksRepository {
  readonly #one: PreparedQuery<CatalogSchema, { id: number }, { json: string }>;
  readonly #pages: Readonly<Record<BookSort, PreparedQuery<CatalogSchema, BookPageValues, BookPageRow>>>;

  constructor(private readonly database: Database<CatalogSchema>) {
    const { dialect } = database;
    this.#one = database.prepare((db, { id }) =>
      db
        .selectFrom('books')
        .select((eb) => bookJson(eb, dialect).as('json'))
        .where('books.id', '=', id),
    );
    const pagesBy = (sort: BookSort) =>
      database.prepare((db, values: BookPageValues) => selectBookPage(db, dialect, sort, values));
    this.#pages = {
      id: pagesBy('id'),
      '-id': pagesBy('-id'),
      title: pagesBy('title'),
      '-title': pagesBy('-title'),
      publishedOn: pagesBy('publishedOn'),
      '-publishedOn': pagesBy('-publishedOn'),
    };
  }

  async find(db: CatalogDb, id: number): Promise<JsonText<Book> | undefined> {
    const row = await this.#one.executeTakeFirst(db, { id });
    return row && new JsonText(row.json);
  }

  async list(
    db: CatalogDb,
    { words, author, genre, language, sort }: BookSelection,
    after: Position | undefined,
    count: number,
  ): Promise<Placed<JsonText<Book>>[]> {
    const wordQuery = words && this.database.dialect.wordQuery(words);
    const rows = await this.#pages[sort].execute(db, { wordQuery, author, genre, language, after, count });
    const columns = positionColumns(sort);
    return rows.map((row) => ({
      item: new JsonText(row.json),
      position: columns.map((column) => row[column]),
    }));
  }

  async lock(db: CatalogDb, id: number): Promise<boolean> {
    const query = db.selectFrom('books').select('id').where('id', '=', id);
    return (await this.database.dialect.lockRows(query).executeTakeFirst()) !== undefined;
  }

  async insert(db: CatalogDb, columns: BookColumns & { title: string }): Promise<number> {
    const { id } = await db
      .insertInto('books')
      .values({ ...columns, title_key: sortKey(columns.title) })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async update(db: CatalogDb, id: number, columns: BookColumns): Promise<void> {
    const changes = columns.title === undefined ? columns : { ...columns, title_key: sortKey(columns.title) };
    if (Object.keys(changes).length === 0) return;
    await db.updateTable('books').set(changes).where('id', '=', id).execute();
  }

  async delete(db: CatalogDb, id: number): Promise<void> {
    await db.deleteFrom('books').where('id', '=', id).execute();
  }

  /** Sets who wrote the book; an author who stays keeps the role. */
  async setAuthors(db: CatalogDb, bookId: number, authorIds: readonly number[]): Promise<void> {
    const before = await db
      .deleteFrom('book_authors')
      .where('book_id', '=', bookId)
      .returning(['author_id', 'role'])
      .execute();
    if (authorIds.length === 0) return;
    const roles = new Map(before.map(({ author_id, role }) => [author_id, role]));
    const rows = authorIds.map((author_id, position) => ({
      book_id: bookId,
      position,
      author_id,
      role: roles.get(author_id) ?? null,
    }));
    await db.insertInto('book_authors').values(rows).execute();
  }

  async setGenres(db: CatalogDb, bookId: number, genreIds: readonly number[]): Promise<void> {
    await db.deleteFrom('book_genres').where('book_id', '=', bookId).execute();
    if (genreIds.length === 0) return;
    const rows = genreIds.map((genre_id) => ({ book_id: bookId, genre_id }));
    await db.insertInto('book_genres').values(rows).execute();
  }

  async setLanguages(db: CatalogDb, bookId: number, languages: readonly string[]): Promise<void> {
    await db.deleteFrom('book_languages').where('book_id', '=', bookId).execute();
    if (languages.length === 0) return;
    const rows = languages.map((language, position) => ({ book_id: bookId, position, language }));
    await db.insertInto('book_languages').values(rows).execute();
  }
}
