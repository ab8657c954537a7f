import { Injectable } from '@nestjs/common';
import { Database } from '@evernest/database';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { bookWords } from './book-words.js';

/** Keeps the full-text index in step with titles and authors' names; called inside the transaction that changes them. */
@Injectable()
export class BookIndex {
  constructor(private readonly database: Database<CatalogSchema>) {}

  async update(db: CatalogDb, bookId: number): Promise<void> {
    await this.remove(db, bookId);
    const { title } = await db
      .selectFrom('books')
      .select('title')
      .where('id', '=', bookId)
      .executeTakeFirstOrThrow();
    const authors = await db
      .selectFrom('book_authors')
      .innerJoin('authors', 'authors.id', 'book_authors.author_id')
      .select('authors.name')
      .where('book_id', '=', bookId)
      .execute();
    const words = bookWords(
      title,
      authors.map(({ name }) => name),
    );
    await db
      .insertInto('book_words')
      .values({ rowid: bookId, words: this.database.dialect.wordDocument(words) })
      .execute();
  }

  async updateByAuthor(db: CatalogDb, authorId: number): Promise<void> {
    const books = await db
      .selectFrom('book_authors')
      .select('book_id')
      .distinct()
      .where('author_id', '=', authorId)
      .execute();
    for (const { book_id } of books) await this.update(db, book_id);
  }

  async remove(db: CatalogDb, bookId: number): Promise<void> {
    await db.deleteFrom('book_words').where('rowid', '=', bookId).execute();
  }
}
