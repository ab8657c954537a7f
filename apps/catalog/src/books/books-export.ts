import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '@evernest/database';
import { stringify } from 'csv-stringify/sync';
import type { CatalogSchema } from '../database/schema.js';
import type { JsonText } from '../http/json-text.js';
import type { Position } from '../pagination/cursor.js';
import type { Placed } from '../pagination/paginate.js';
import type { Book, ExportFormat } from './books.dto.js';
import { BooksRepository } from './books.repository.js';

/** Books read at once: a few milliseconds of work between two turns of the event loop. */
const BATCH = 100;

const CSV_COLUMNS = ['id', 'title', 'authors', 'isbn', 'publishedOn', 'languages', 'genres', 'summary'];

interface Format {
  readonly contentType: string;
  readonly head: string;
  readonly body: (books: JsonText<Book>[]) => string;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: '',
    body: (books) => books.map(({ text }) => `${text}\n`).join(''),
  },
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: stringify([CSV_COLUMNS]),
    body: (books) => stringify(books.map(({ text }) => toCsvRow(JSON.parse(text) as Book))),
  },
};

/** The whole catalogue as a stream that reads on only as fast as its reader takes. */
@Injectable()
export class BooksExport {
  constructor(
    private readonly database: Database<CatalogSchema>,
    private readonly books: BooksRepository,
  ) {}

  open(format: ExportFormat): { contentType: string; stream: Readable } {
    return {
      contentType: FORMATS[format].contentType,
      stream: Readable.from(this.#chunks(format), { objectMode: false }),
    };
  }

  /** In pages and not with a cursor: a slow reader must not hold a transaction open. */
  async *#chunks(format: ExportFormat): AsyncGenerator<string> {
    const { head, body } = FORMATS[format];
    // Before the head: a database that is away can then still be answered with an error.
    let batch = await this.#batch();
    if (head) yield head;
    while (batch.length > 0) {
      yield body(batch.map(({ item }) => item));
      batch = await this.#batch(batch.at(-1)?.position);
    }
  }

  #batch(after?: Position): Promise<Placed<JsonText<Book>>[]> {
    return this.books.list(this.database.db, { sort: 'id' }, after, BATCH);
  }
}

/** Lists joined by `; ` and roles in brackets, as the import reads them. */
function toCsvRow(book: Book): (string | number | null)[] {
  const authors = book.authors.map(({ name, role }) => (role ? `${name} [${role}]` : name));
  return [
    book.id,
    book.title,
    authors.join('; '),
    book.isbn,
    book.publishedOn,
    book.languages.join('; '),
    book.genres.map(({ name }) => name).join('; '),
    book.summary,
  ];
}
