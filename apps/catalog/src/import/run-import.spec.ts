import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Database, resolveDatabaseOptions } from '@evernest/database';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { CatalogSchema } from '../database/schema.js';
import { BatchBuilder } from './batch-builder.js';
import { readCatalogues } from './read-catalogues.js';
import { runImport } from './run-import.js';

const CATALOGUE = join(__dirname, '../../data/gutenberg.csv');
const GUTENBERG = 'Text#,Type,Issued,Title,Language,Authors,Subjects,LoCC,Bookshelves\n';

describe('runImport', () => {
  let folder: string;
  let database: Database<CatalogSchema>;
  const path = (name: string) => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    database = new Database(resolveDatabaseOptions({ url: `sqlite:${path('catalog.db')}` }));
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('takes the whole bundled catalogue, and nothing the second time', async () => {
    const first = await run([CATALOGUE]);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('7,660 rows read');
    expect(first.stdout).toContain('7,536 books added, with 2,715 new authors and 204 new genres');
    expect(first.stdout).toContain('124 left out');
    const before = await counts();
    expect(before).toEqual({
      books: 7536,
      authors: 2715,
      genres: 204,
      book_authors: 9557,
      book_genres: 22_836,
      book_languages: 7569,
      copies: 7536,
    });

    const dangling = await sql`select * from pragma_foreign_key_check`.execute(database.db);
    expect(dangling.rows).toEqual([]);

    const second = await run([CATALOGUE]);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain(
      '0 books added, with 0 new authors and 0 new genres\n  7,536 already present',
    );
    expect(await counts()).toEqual(before);
  });

  it('names line, column and reason of each row it cannot take, and takes the others', async () => {
    const books = await file(
      'books.csv',
      'title,isbn,publishedOn\nOne,,2026-02-30\n"Two\nlines",123,\n\nThree,,\n5" disk,,\n,,\nFour\nFive,,\n',
    );
    const { exitCode, stdout, stderr } = await run([books]);
    expect(exitCode).toBe(1);
    expect(stderr.replaceAll(books, 'books.csv').split('\n')).toEqual([
      'books.csv:2: publishedOn: is no day that exists, as YYYY-MM-DD: "2026-02-30"',
      'books.csv:3: isbn: is no ISBN-10 or ISBN-13 with a right check digit: "123"',
      'books.csv:7: title: has a quote inside a value that is not quoted',
      'books.csv:8: title: must not be blank',
      'books.csv:9: row: has 1 fields where the header has 3',
      '',
    ]);
    expect(stdout).toContain('7 rows read');
    expect(stdout).toContain('5 rejected');
    expect(await titles()).toEqual(['Three', 'Five']);
  });

  it('shows the first twenty rejected rows and counts them all', async () => {
    const { stdout, stderr } = await run([await file('books.csv', `title,isbn\n${',\n'.repeat(50)}`)]);
    expect(stderr.match(/title: must not be blank/g)?.length).toBe(20);
    expect(stderr).toContain('More rows are rejected');
    expect(stdout).toContain('50 rejected');
  });

  it('writes rejects that can be mended and imported', async () => {
    const books = await file('books.csv', 'title,isbn,shelf\n"Two\nlines",123,a\nOne,,b\n"open,,\n');
    expect((await run([books], { rejects: path('bad.csv') })).stdout).toContain(
      `written to ${path('bad.csv')}`,
    );
    const rejects = await readFile(path('bad.csv'), 'utf8');

    const again = await run([path('bad.csv')], { rejects: path('worse.csv') });
    expect(again.stdout).toContain('2 rejected');

    const mended = rejects.replace(',123,', ',0142437247,').replace(/^"""open.*?,5/m, 'Three,,,5');
    const third = await run([await file('mended.csv', mended)]);
    expect(third).toMatchObject({ exitCode: 0, stderr: `${path('mended.csv')}: not read: shelf\n` });
    expect(await titles()).toEqual(['One', 'Two\nlines', 'Three']);
  });

  it('reads several files of different formats as one stream', async () => {
    const first = await file(
      '1.csv',
      `\u{feff}${GUTENBERG}1,Text,2000-01-01,One,en,"A, 1900-",,,Browsing: X\n`,
    );
    const second = await file('2.csv', 'Title,AUTHORS\r\n"Two\r\nlines","A, 1900-"\r\n');
    expect((await run([first, second])).stdout).toContain(
      '2 books added, with 1 new authors and 1 new genres',
    );
    expect(await titles()).toEqual(['One', 'Two\nlines']);
  });

  it('goes on after a file that is no catalogue, and says what it expected', async () => {
    const wrong = await file('wrong.csv', 'name,price\nx,1\n');
    const empty = await file('empty.csv', '');
    const right = await file('right.csv', 'title\nOne\n');
    const { exitCode, stderr } = await run([wrong, empty, right]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${wrong} does not start with a header that has a title column`);
    expect(stderr).toContain(`${empty} is empty`);
    expect(await titles()).toEqual(['One']);
  });

  it('imports nothing when a file cannot be read', async () => {
    const right = await file('right.csv', 'title\nOne\n');
    const { exitCode, stderr } = await run([right, path('missing.csv'), folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /missing\.csv cannot be read: ENOENT.*\n.* is a folder\.\nNothing was imported\.\n/,
    );
  });

  it('does not write rejects over a file that it reads', async () => {
    const books = await file('books.csv', 'title\n\n');
    const { exitCode, stderr } = await run([books], { rejects: books });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is one of the files to read');
    expect(await readFile(books, 'utf8')).toBe('title\n\n');
  });

  it('leaves a catalogue with books alone when asked to', async () => {
    const books = await file('books.csv', 'title\nOne\n');
    expect((await run([books], { ifEmpty: true })).stdout).toContain('1 books added');
    const more = await file('more.csv', 'title\nTwo\n');
    expect(await run([more], { ifEmpty: true })).toEqual({
      exitCode: 0,
      stdout: 'The catalogue has books already: nothing was imported.\n',
      stderr: '',
    });
    expect(await titles()).toEqual(['One']);
  });

  it('stops between two batches when interrupted, and completes when run again', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => [`Title ${index}`, `Author ${index % 7}`]);
    const books = await file('books.csv', stringify([['title', 'authors'], ...rows]));
    const interruption = new AbortController();
    async function* interrupted(files: readonly string[]) {
      let batches = 0;
      for await (const batch of readCatalogues(files, 10)) {
        if (++batches === 4) interruption.abort();
        yield batch;
      }
    }
    const first = await run([books], { read: interrupted, signal: interruption.signal });
    expect(first).toMatchObject({
      exitCode: 130,
      stderr: expect.stringContaining('run the same import again'),
    });
    expect(first.stdout).toContain('30 books added');
    expect((await titles()).length).toBe(30);

    expect((await run([books])).stdout).toContain('70 books added, with 0 new authors');
    expect(await titles()).toEqual(rows.map(([title]) => title));
  });

  it('hears an interruption while batches come without a pause', async () => {
    const interruption = new AbortController();
    async function* endless() {
      for (;;) yield new BatchBuilder().take();
    }
    setTimeout(() => interruption.abort(), 1);
    expect((await run([CATALOGUE], { read: endless, signal: interruption.signal })).exitCode).toBe(130);
  });

  it('takes whatever is written as CSV for the same books', async () => {
    const word = fc.stringMatching(/^[A-Za-zÀ-ſ0-9'"!,\n-]{1,10}$/).map((text) => `w${text.trim()}w`);
    const book = fc.record({
      title: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
      publishedOn: fc.constantFrom(null, '1851-10-18', '2024-02-29'),
      languages: fc.uniqueArray(fc.constantFrom('en', 'de', 'pt-BR'), { maxLength: 3 }),
      summary: fc.option(
        fc.array(word).map((words) => `x${words.join('\n')}`),
        { nil: null },
      ),
    });
    const unique = fc.uniqueArray(book, { maxLength: 12, selector: ({ title }) => title.toLowerCase() });
    await fc.assert(
      fc.asyncProperty(
        unique,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (books, bom, record_delimiter) => {
          const numbered = books.map((entry, index) => ({ ...entry, title: `${entry.title} ${index}` }));
          const text = stringify(
            numbered.map(({ languages, ...entry }) => ({ ...entry, languages: languages.join('; ') })),
            {
              header: true,
              columns: ['summary', 'languages', 'title', 'publishedOn'],
              bom,
              record_delimiter,
              // It would leave a lone line feed unquoted under CRLF.
              quoted_match: /[\r\n]/,
            },
          );
          const read = [];
          const books_csv = await file('books.csv', text);
          for await (const batch of readCatalogues([books_csv], 5)) read.push(...batch.books);
          expect(
            read.map(({ title, publishedOn, languages, summary }) => ({
              title,
              publishedOn,
              languages,
              summary,
            })),
          ).toEqual(numbered);
        },
      ),
    );
  });

  interface Options {
    readonly rejects?: string;
    readonly ifEmpty?: boolean;
    readonly read?: typeof readCatalogues | ((files: readonly string[]) => ReturnType<typeof readCatalogues>);
    readonly signal?: AbortSignal;
  }

  async function run(files: string[], { rejects, ifEmpty = false, read, signal }: Options = {}) {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const exitCode = await runImport(
      { files, rejects, ifEmpty },
      {
        database,
        read: read ?? readCatalogues,
        stdout: stdout as unknown as NodeJS.WriteStream,
        stderr: stderr as unknown as NodeJS.WriteStream,
        signal: signal ?? new AbortController().signal,
      },
    );
    return { exitCode, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
  }

  async function file(name: string, text: string): Promise<string> {
    await writeFile(path(name), text);
    return path(name);
  }

  async function titles(): Promise<string[]> {
    const rows = await database.db.selectFrom('books').select('title').orderBy('id').execute();
    return rows.map(({ title }) => title);
  }

  async function counts(): Promise<Record<string, number>> {
    const tables = [
      'books',
      'authors',
      'genres',
      'book_authors',
      'book_genres',
      'book_languages',
      'copies',
    ] as const;
    const counted = tables.map(async (table) => {
      const { count } = await database.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return [table, count] as const;
    });
    return Object.fromEntries(await Promise.all(counted));
  }
});
