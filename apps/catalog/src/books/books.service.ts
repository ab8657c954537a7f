import { Injectable, Logger } from '@nestjs/common';
import { Database, ForeignKeyViolationError, UniqueViolationError } from '@evernest/database';
import { AuthorsService } from '../authors/authors.service.js';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';
import { GenresService } from '../genres/genres.service.js';
import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { requireMatch } from '../http/if-match.js';
import type { JsonText } from '../http/json-text.js';
import type { Page } from '../pagination/page.dto.js';
import { pageJson } from '../pagination/page-json.js';
import { paginate } from '../pagination/paginate.js';
import { BookIndex } from '../search/book-index.js';
import { searchWords } from '../search/search-words.js';
import { positionColumns } from './book-sorts.js';
import type { Book, BooksQuery, CreateBook, UpdateBook } from './books.dto.js';
import { BOOK_PROBLEMS } from './books.problems.js';
import { BooksRepository, type BookColumns } from './books.repository.js';
import { toIsbn13 } from './isbn.js';

@Injectable()
export class BooksService {
  private readonly logger = new Logger(BooksService.name);

  constructor(
    private readonly database: Database<CatalogSchema>,
    private readonly books: BooksRepository,
    private readonly authors: AuthorsService,
    private readonly genres: GenresService,
    private readonly index: BookIndex,
  ) {}

  find(id: number): Promise<JsonText<Book>> {
    return this.#require(this.database.db, id);
  }

  async list({ search, limit, cursor, ...filters }: BooksQuery): Promise<JsonText<Page<Book>>> {
    const words = searchWords(search);
    if (words?.length === 0) return pageJson({ items: [], nextCursor: null });
    const scope = JSON.stringify(['books', words, filters]);
    const positionLength = positionColumns(filters.sort).length;
    const page = await paginate({ limit, cursor, scope, positionLength }, (after, count) =>
      this.books.list(this.database.db, { words, ...filters }, after, count),
    );
    this.logger.debug({ message: `found ${page.items.length} books`, words, ...filters, limit });
    return pageJson(page);
  }

  create(input: CreateBook): Promise<{ id: number; book: JsonText<Book> }> {
    return this.#write(input, async (db) => {
      const id = await this.books.insert(db, { title: input.title, ...columnsOf(input) });
      await this.#writeRelations(db, id, input);
      return { id, book: await this.#require(db, id) };
    });
  }

  update(id: number, changes: UpdateBook, ifMatch?: string): Promise<JsonText<Book>> {
    return this.#write(changes, async (db) => {
      await this.#requireState(db, id, ifMatch);
      await this.books.update(db, id, columnsOf(changes));
      await this.#writeRelations(db, id, changes);
      return this.#require(db, id);
    });
  }

  async delete(id: number, ifMatch?: string): Promise<void> {
    try {
      await this.database.transaction(async (db) => {
        await this.#requireState(db, id, ifMatch);
        await this.index.remove(db, id);
        await this.books.delete(db, id);
      });
    } catch (error) {
      if (!(error instanceof ForeignKeyViolationError)) throw error;
      throw BOOK_PROBLEMS.BOOK_HAS_COPIES({ detail: `Delete the copies of book ${id} first.`, cause: error });
    }
  }

  async #write<Result>(input: UpdateBook, work: (db: CatalogDb) => Promise<Result>): Promise<Result> {
    try {
      return await this.database.transaction(async (db) => {
        await this.authors.requireAll(db, input.authorIds ?? [], 'authorIds');
        await this.genres.requireAll(db, input.genreIds ?? [], 'genreIds');
        return work(db);
      });
    } catch (error) {
      if (error instanceof ForeignKeyViolationError) {
        throw REQUEST_PROBLEMS.REFERENCE_UNKNOWN({
          detail: 'One of the authors or genres was deleted at the same moment. Read them again.',
          cause: error,
        });
      }
      if (!(error instanceof UniqueViolationError) || error.key !== 'books.isbn') throw error;
      throw BOOK_PROBLEMS.BOOK_ISBN_TAKEN({
        detail: `Another book has the ISBN ${input.isbn}.`,
        errors: [{ field: 'isbn', message: 'belongs to another book' }],
        cause: error,
      });
    }
  }

  async #writeRelations(db: CatalogDb, id: number, input: UpdateBook): Promise<void> {
    const { authorIds, genreIds, languages } = input;
    if (authorIds !== undefined) await this.books.setAuthors(db, id, authorIds ?? []);
    if (genreIds !== undefined) await this.books.setGenres(db, id, genreIds ?? []);
    if (languages !== undefined) await this.books.setLanguages(db, id, languages ?? []);
    await this.index.update(db, id);
  }

  async #requireState(db: CatalogDb, id: number, ifMatch: string | undefined): Promise<void> {
    await this.books.lock(db, id);
    requireMatch(ifMatch, (await this.#require(db, id)).text);
  }

  async #require(db: CatalogDb, id: number): Promise<JsonText<Book>> {
    const book = await this.books.find(db, id);
    if (book) return book;
    throw BOOK_PROBLEMS.BOOK_NOT_FOUND({ detail: `There is no book ${id}.` });
  }
}

function columnsOf({ title, summary, isbn, publishedOn }: UpdateBook): BookColumns {
  return {
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(isbn !== undefined && { isbn: isbn === null ? null : (toIsbn13(isbn) ?? null) }),
    ...(publishedOn !== undefined && { published_on: publishedOn }),
  };
}
