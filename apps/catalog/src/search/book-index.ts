import { Injectable } from '@nestjs/common';
import { Database } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { bookWords } from './book-words.js';

/** Keeps the full-text index in step with titles and authors' names; called inside the transaction that changes them. */
@Injectable()
export class BookIndex {
  constructor(private readonly database: Database<CatalogSchema>) {}

  async update(db: CatalogDb, bookId: number): Promise<void> {
    await this.#update(db, [bookId]);
  }

  async updateByAuthor(db: CatalogDb, authorId: number): Promise<void> {
    const books = await db
      .selectFrom('book_authors')
      .select('book_id')
      .distinct()
      .where('author_id', '=', authorId)
      .execute();
    await this.#update(
      db,
      books.map(({ book_id }) => book_id),
    );
  }

  async remove(db: CatalogDb, bookId: number): Promise<void> {
    await db.deleteFrom('book_words').where('rowid', '=', bookId).execute();
  }

  /** The books are locked first, in one order for all: who changes the title or another author waits. */
  async #update(db: CatalogDb, bookIds: readonly number[]): Promise<void> {
    if (bookIds.length === 0) return;
    const { dialect } = this.database;
    const wanted = () =>
      db
        .selectFrom(
          dialect
            .recordset(
              bookIds.map((id) => ({ id })),
              { id: 'integer' },
            )
            .as('wanted'),
        )
        .select('wanted.id');

    const books = await dialect
      .lockRows(db.selectFrom('books').select(['id', 'title']).where('id', 'in', wanted()).orderBy('id'))
      .execute();
    const authors = await db
      .selectFrom('book_authors')
      .innerJoin('authors', 'authors.id', 'book_authors.author_id')
      .select(['book_id', 'name'])
      .where('book_id', 'in', wanted())
      .execute();
    const names = new Map<number, string[]>();
    for (const { book_id, name } of authors) names.set(book_id, [...(names.get(book_id) ?? []), name]);

    const rows = books.map(({ id, title }) => ({ rowid: id, words: bookWords(title, names.get(id) ?? []) }));
    const records = dialect.recordset(rows, { rowid: 'integer', words: 'text' }).as('record');
    await db.deleteFrom('book_words').where('rowid', 'in', wanted()).execute();
    await db
      .insertInto('book_words')
      .columns(['rowid', 'words'])
      .expression((eb) =>
        eb
          .selectFrom(records)
          .select('record.rowid')
          .select(dialect.wordDocument(sql.ref<string>('record.words')).as('words')),
      )
      .execute();
  }
}
