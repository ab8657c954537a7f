import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, resolveDatabaseOptions } from '@evernest/database';
import type { CatalogSchema } from '../../apps/catalog/src/database/schema.js';
import { CATALOGUE, runCommand } from '../support/command.js';
import { ROOT } from '../support/service.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

const IMPORT = join(ROOT, 'dist/apps/catalog/src/import/main.js');

describe.each(TEST_DATABASES)('the import command on $name', ({ create }) => {
  let folder: string;
  let server: TestDatabase;
  let database: Database<CatalogSchema>;

  const load = (...args: string[]) =>
    runCommand('import/main.js', args, { cwd: folder, DATABASE_URL: server.url });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    server = await create();
    database = new Database(resolveDatabaseOptions({ url: server.url }));
  });

  afterEach(async () => {
    await database.close();
    await server.drop();
    await rm(folder, { recursive: true });
  });

  it('adds each book once when two imports run at the same time', async () => {
    const outcomes = await Promise.all([load(CATALOGUE), load(CATALOGUE)]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await counts()).toEqual({ books: 7536, copies: 7536, authors: 2715, genres: 204, words: 7536 });
  });

  it('finishes its batch on SIGINT, and completes when run again', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `Title ${index},Author ${index % 100}\n`);
    const file = join(folder, 'books.csv');
    await writeFile(file, `title,authors\n${rows.join('')}`);
    const child = spawn(process.execPath, [IMPORT, file], {
      cwd: folder,
      env: { PATH: process.env['PATH'], DATABASE_URL: server.url },
      stdio: 'ignore',
    });
    await untilThereAreBooks();
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    const { books, words } = await counts();
    expect(books).toBeLessThan(60_000);
    expect(words).toBe(books);

    expect(await load(file)).toMatchObject({ exitCode: 0 });
    expect(await counts()).toMatchObject({ books: 60_000, words: 60_000, authors: 100 });
  });

  it('takes the good rows of a file and says what is wrong with the others', async () => {
    const file = join(folder, 'books.csv');
    await writeFile(file, 'title,isbn\nOne,123\nTwo,\n');
    const { exitCode, stdout, stderr } = await load(file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 books added');
    expect(stderr).toContain(`${file}:2: isbn: is no ISBN-10 or ISBN-13 with a right check digit: "123"`);
  });

  async function untilThereAreBooks(): Promise<void> {
    for (;;) {
      try {
        if ((await counts()).books > 0) return;
      } catch {
        // Not migrated yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function counts() {
    const { db } = database;
    const count = async (table: 'books' | 'copies' | 'authors' | 'genres' | 'book_words') => {
      const query = db.selectFrom(table).select((eb) => eb.fn.countAll().as('count'));
      return Number((await query.executeTakeFirstOrThrow()).count);
    };
    return {
      books: await count('books'),
      copies: await count('copies'),
      authors: await count('authors'),
      genres: await count('genres'),
      words: await count('book_words'),
    };
  }
});

describe('the import command', () => {
  it('exits with 71 and one sentence when the database does not answer', async () => {
    const { exitCode, stderr } = await runCommand('import/main.js', [CATALOGUE], {
      cwd: tmpdir(),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect(exitCode).toBe(71);
    expect(stderr).toMatch(/^The import failed: PostgreSQL cannot be reached: [^\n]*\n$/);
  });

  it.each([[[]], [['--unknown', 'x.csv']], [['missing.csv']]])('exits with 2 for %j', async (args) => {
    const outcome = await runCommand('import/main.js', args, { cwd: tmpdir() });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
