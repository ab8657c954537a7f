import Database, { type Statement } from 'better-sqlite3';

const PAGE = 20;
const EXPORT_BATCH = 100;
const MARKS = /\p{M}+/gu;
const WORDS = /[\p{L}\p{N}]+/gu;

/** The query of the service itself, in columns: there, the database makes one JSON of them (apps/catalog/src/books/book-json.ts). */
const BOOKS = `
  select books.id, title, summary, isbn, published_on,
    (select coalesce(json_group_array(language), '[]') from (
      select language from book_languages where book_id = books.id order by position
    )) as languages,
    (select coalesce(json_group_array(json_object('id', id, 'name', name, 'role', role)), '[]') from (
      select authors.id, authors.name, book_authors.role from book_authors
      join authors on authors.id = book_authors.author_id
      where book_authors.book_id = books.id order by position
    )) as authors,
    (select coalesce(json_group_array(json_object('id', id, 'name', name)), '[]') from (
      select genres.id, genres.name from book_genres as shelf
      join genres on genres.id = shelf.genre_id
      where shelf.book_id = books.id order by genres.name_key, genres.id
    )) as genres
  from books`;

interface BookRow {
  readonly id: number;
  readonly title: string;
  readonly summary: string | null;
  readonly isbn: string | null;
  readonly published_on: string | null;
  readonly languages: string;
  readonly authors: string;
  readonly genres: string;
}

interface CopyRow {
  readonly id: number;
  readonly book_id: number;
  readonly imprint: string;
  readonly status: string;
  readonly borrower: string | null;
  readonly due_back: string | null;
}

/** What the targets without an ORM know of the catalogue: statements that are prepared once, and the shapes of the API. */
export class Catalogue {
  readonly #byId: Statement<[number], BookRow>;
  readonly #after: Statement<[number, number], BookRow>;
  readonly #matchingAfter: Statement<[string, number, number], BookRow>;
  readonly #lend: Statement<[string, string, number], CopyRow>;
  readonly #takeBack: Statement<[number], CopyRow>;

  constructor(file: string) {
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    this.#byId = database.prepare(`${BOOKS} where books.id = ?`);
    this.#after = database.prepare(`${BOOKS} where books.id > ? order by books.id limit ?`);
    this.#matchingAfter = database.prepare(`${BOOKS}
      join book_words on book_words.rowid = books.id
      where book_words match ? and book_words.rowid > ? order by book_words.rowid limit ?`);
    this.#lend = database.prepare(`update copies set status = 'loaned', borrower = ?, due_back = ?
      where id = ? and status = 'available' returning *`);
    this.#takeBack =
      database.prepare(`update copies set status = 'available', borrower = null, due_back = null
      where id = ? and status = 'loaned' returning *`);
  }

  find(id: number) {
    const row = this.#byId.get(id);
    return row && toBook(row);
  }

  /** One page after the book whose id is the cursor. */
  page({ search, cursor }: { readonly search?: string; readonly cursor?: string }) {
    const after = Number(cursor ?? 0);
    const rows = search
      ? this.#matchingAfter.all(matchAll(search), after, PAGE + 1)
      : this.#after.all(after, PAGE + 1);
    const items = rows.slice(0, PAGE).map(toBook);
    return { items, nextCursor: rows.length > PAGE ? String(items.at(-1)?.id) : null };
  }

  /** Every book as a line of JSON, some at a time. */
  *lines(): Generator<string> {
    let books = this.#after.all(0, EXPORT_BATCH).map(toBook);
    while (books.length > 0) {
      yield books.map((book) => `${JSON.stringify(book)}\n`).join('');
      books = this.#after.all(books.at(-1)?.id ?? 0, EXPORT_BATCH).map(toBook);
    }
  }

  /** Undefined when the copy is not available. */
  lend(id: number, borrower: string, dueBack: string) {
    const row = this.#lend.get(borrower, dueBack, id);
    return row && toCopy(row);
  }

  /** Undefined when the copy is not on loan. */
  takeBack(id: number) {
    const row = this.#takeBack.get(id);
    return row && toCopy(row);
  }
}

function matchAll(search: string): string {
  const words = search.normalize('NFKD').replace(MARKS, '').toLowerCase().match(WORDS) ?? [];
  return words.map((word) => `"${word}"`).join(' ');
}

function toBook(row: BookRow) {
  return {
    id: row.id,
    title: row.title,
    summary: row.summary,
    isbn: row.isbn,
    languages: JSON.parse(row.languages) as string[],
    publishedOn: row.published_on,
    authors: JSON.parse(row.authors) as { id: number; name: string; role: string | null }[],
    genres: JSON.parse(row.genres) as { id: number; name: string }[],
  };
}

function toCopy(row: CopyRow) {
  return {
    id: row.id,
    bookId: row.book_id,
    imprint: row.imprint,
    status: row.status,
    borrower: row.borrower,
    dueBack: row.due_back,
  };
}
