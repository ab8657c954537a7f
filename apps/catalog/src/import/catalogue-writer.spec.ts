import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrateToLatest, resolveDatabaseOptions } from '@evernest/database';
import { MIGRATIONS } from '../database/migrations/index.js';
import { sql } from 'kysely';
import type { CatalogSchema } from '../database/schema.js';
import { BookBatchBuilder, type BookBatch } from './book-batch.js';
import { CatalogueWriter } from './catalogue-writer.js';
import { readGutenbergRow } from './gutenberg-row.js';
import { readPlainRow } from './plain-row.js';

describe('CatalogueWriter', () => {
  let folder: string;
  let database: Database<CatalogSchema>;
  let writer: CatalogueWriter;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    database = new Database(resolveDatabaseOptions({ url: `sqlite:${join(folder, 'catalog.db')}` }));
    await migrateToLatest(database, MIGRATIONS);
    writer = new CatalogueWriter(database);
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('stores a book with everything that belongs to it', async () => {
    const written = await writer.write(
      batchOf({
        title: 'Les Misérables',
        authors: 'Hugo, Victor, 1802-1885; Wilbour, Charles E. [Translator]',
        languages: 'en; fr',
        genres: 'Fiction; Politics',
        isbn: '0142437247',
      }),
    );
    expect(written).toEqual({ books: 1, present: 0, authors: 2, genres: 2 });
    expect(await rowsOf('books')).toMatchObject([
      {
        title: 'Les Misérables',
        title_key: 'les miserables',
        isbn: '9780142437247',
        source_key: 'isbn:9780142437247',
      },
    ]);
    expect(await rowsOf('authors')).toMatchObject([
      {
        name: 'Hugo, Victor',
        name_key: 'hugo victor',
        born_year: 1802,
        died_year: 1885,
        lifespan: '1802-1885',
      },
      { name: 'Wilbour, Charles E.', born_year: null, died_year: null, lifespan: null },
    ]);
    expect(await rowsOf('book_authors')).toMatchObject([
      { position: 0, role: null },
      { position: 1, role: 'Translator' },
    ]);
    expect(await rowsOf('book_languages')).toMatchObject([
      { position: 0, language: 'en' },
      { position: 1, language: 'fr' },
    ]);
    expect((await rowsOf('book_genres')).length).toBe(2);
    expect(await rowsOf('copies')).toEqual([]);
    expect(await found('book_words', ['miserables', 'wilbour'])).toBe(1);
    expect(await found('author_words', ['victor', 'hugo'])).toBe(1);
    expect(await found('genre_words', ['politics'])).toBe(1);
  });

  it('gives a book its copy when the source tells of one', async () => {
    const batch = new BookBatchBuilder();
    const row: Record<string, string> = { 'Text#': '1', Type: 'Text', Title: 'A' };
    const book = readGutenbergRow((column) => row[column] ?? '');
    if (book) batch.add(book);
    await writer.write(batch);
    expect(await rowsOf('copies')).toMatchObject([
      { imprint: 'Project Gutenberg #1', status: 'available', borrower: null, due_back: null },
    ]);
  });

  it('takes a book once that a batch holds twice', async () => {
    const written = await writer.write(batchOf({ title: 'A', genres: 'x' }, { title: 'a', genres: 'y' }));
    expect(written).toEqual({ books: 1, present: 1, authors: 0, genres: 1 });
  });

  it('merges authors and genres of one identity, within a batch and with those of before', async () => {
    await writer.write(batchOf({ title: 'A', authors: 'X, 1900-', genres: 'Sea Stories' }));
    const written = await writer.write(
      batchOf(
        { title: 'B', authors: 'X, 1900-', genres: 'sea  stories; Poetry' },
        { title: 'C', authors: 'X', genres: 'SEA STORIES; poetry' },
      ),
    );
    expect(written).toEqual({ books: 2, present: 0, authors: 1, genres: 1 });
    expect((await rowsOf('genres')).map(({ name }) => name)).toEqual(['Sea Stories', 'Poetry']);
  });

  it('changes nothing of books that are there, even when people edited them', async () => {
    const batch = batchOf({ title: 'A', authors: 'Old Name', genres: 'Old Genre' });
    await writer.write(batch);
    await database.db.updateTable('books').set({ title: 'Edited' }).execute();
    await database.db.updateTable('authors').set({ name: 'New Name', identity: 'New Name|' }).execute();
    await database.db.updateTable('genres').set({ name: 'New Genre', identity: 'new genre' }).execute();

    expect(await writer.write(batch)).toEqual({ books: 0, present: 1, authors: 0, genres: 0 });
    expect((await rowsOf('books')).map(({ title }) => title)).toEqual(['Edited']);
    expect((await rowsOf('authors')).map(({ name }) => name)).toEqual(['New Name']);
    expect((await rowsOf('genres')).map(({ name }) => name)).toEqual(['New Genre']);
  });

  it('takes a book for present that has the ISBN but was not imported', async () => {
    await database.db
      .insertInto('books')
      .values({ title: 'Made by hand', title_key: 'made by hand', isbn: '9780142437247' })
      .execute();
    const written = await writer.write(batchOf({ title: 'A', isbn: '9780142437247', authors: 'X' }));
    expect(written).toEqual({ books: 0, present: 1, authors: 0, genres: 0 });
  });

  it('stores nothing of a batch that fails half-way', async () => {
    await sql`drop table book_words`.execute(database.db);
    const batch = batchOf({ title: 'A', authors: 'X', genres: 'y' });
    const message = expect.stringContaining('no such table: book_words');
    await expect(writer.write(batch)).rejects.toMatchObject({ message });
    for (const table of ['books', 'authors', 'genres', 'book_authors'] as const) {
      expect(await rowsOf(table)).toEqual([]);
    }
    expect(await found('author_words', ['x'])).toBe(0);
  });

  it('has nothing to do for an empty batch', async () => {
    expect(await writer.write(batchOf())).toEqual({ books: 0, present: 0, authors: 0, genres: 0 });
  });

  function rowsOf(table: keyof CatalogSchema): Promise<Record<string, unknown>[]> {
    return database.db.selectFrom(table).selectAll().execute();
  }

  async function found(
    table: 'book_words' | 'author_words' | 'genre_words',
    words: string[],
  ): Promise<number> {
    const matches = database.dialect.hasWords(table, database.dialect.wordQuery(words));
    return (await database.db.selectFrom(table).select('rowid').where(matches).execute()).length;
  }
});

function batchOf(...rows: Record<string, string>[]): BookBatch {
  const batch = new BookBatchBuilder();
  for (const row of rows) batch.add(readPlainRow((column) => row[column] ?? ''));
  return batch;
}
