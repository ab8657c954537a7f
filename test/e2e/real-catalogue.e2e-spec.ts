import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Api } from '../support/api.js';
import { CATALOGUE, runCommand } from '../support/command.js';
import { startService, type Service } from '../support/service.js';
import { createSqlite, TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

describe.each(TEST_DATABASES)('the real catalogue on $name', ({ create }) => {
  let folder: string;
  let database: TestDatabase;
  let service: Service;
  let api: Api;

  const load = (...options: string[]) =>
    runCommand('import/main.js', [...options, CATALOGUE], { cwd: folder, DATABASE_URL: database.url });

  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/evernest-`);
    database = await create();
    expect(await load()).toMatchObject({ exitCode: 0 });
    service = await startService({ DATABASE_URL: database.url });
    api = new Api(service.url);
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** Follows `nextCursor` to the end. @returns how many items there are. */
  const count = async (path: string) => {
    let items = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await api.get(`${path}?limit=100${cursor && `&cursor=${cursor}`}`);
      items += body.items.length;
      cursor = body.nextCursor;
    }
    return items;
  };
  const first = async (path: string) => (await api.get(path)).body.items[0];

  it('has 7,536 books with a copy each, 2,715 authors and 204 genres', async () => {
    expect(await count('/books')).toBe(7536);
    expect(await count('/copies')).toBe(7536);
    expect(await count('/authors')).toBe(2715);
    expect(await count('/genres')).toBe(204);
  });

  it('is not changed by loading it again', async () => {
    expect(await load()).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/7,?536/) });
    expect(await load('--if-empty')).toMatchObject({ exitCode: 0 });
    expect(await count('/books')).toBe(7536);
  });

  it('keeps a title of two lines', async () => {
    expect((await first('/books?search=bill%20of%20rights%20ten%20original')).title).toBe(
      'The United States Bill of Rights\nThe Ten Original Amendments to the Constitution of the United States',
    );
  });

  it('tells the translator from the author, and counts years BCE backwards', async () => {
    const { authors } = await first('/books?search=aesop%20townsend');
    expect(authors).toMatchObject([
      { name: 'Aesop', role: null },
      { name: 'Townsend, George Fyler', role: 'Translator' },
    ]);
    expect((await api.get(`/authors/${authors[0].id}`)).body).toMatchObject({
      bornYear: -621,
      diedYear: -565,
      lifespan: '621? BCE-565? BCE',
    });
  });

  it('has three authors of The Federalist Papers, in their order', async () => {
    const { authors } = await first('/books?search=federalist%20papers');
    expect(authors.map(({ name }: { name: string }) => name)).toEqual([
      'Hamilton, Alexander',
      'Jay, John',
      'Madison, James',
    ]);
  });

  it('drops the prefix of bookshelves and merges those that are then the same', async () => {
    const { genres } = await first('/books?search=declaration%20of%20independence&sort=id');
    const names = genres.map(({ name }: { name: string }) => name);
    expect(names).toContain('Politics');
    expect(names.filter((name: string) => name === 'Politics')).toHaveLength(1);
    expect(names.join()).not.toContain('Browsing');
  });

  it.each([
    ['seneca lucius', { bornYear: -5, diedYear: 65, lifespan: '5? BCE-65' }],
    ['troyes', { bornYear: null, diedYear: null, lifespan: 'active 12th century' }],
    ['saxo', { bornYear: null, diedYear: 1204, lifespan: '-1204?' }],
    ['raymond eric', { bornYear: 1957, diedYear: null, lifespan: '1957-' }],
  ])('reads the dates of %s', async (search, dates) => {
    expect(await first(`/authors?search=${encodeURIComponent(search)}`)).toMatchObject(dates);
  });

  it.each([
    ['a book without author', 'mayflower compact', { authors: [] }],
    ['a book in two languages', 'korean english dictionary', { languages: ['en', 'ko'] }],
    ['a Japanese title by two of its characters', '羅生', { title: '羅生門', languages: ['ja'] }],
  ])('finds %s', async (_, search, fields) => {
    expect(await first(`/books?search=${encodeURIComponent(search)}`)).toMatchObject(fields);
  });
});

describe.each(TEST_DATABASES)('SQLite and $name', ({ create }) => {
  let folder: string;
  let databases: TestDatabase[];
  let services: Service[];

  beforeAll(async () => {
    folder = await mkdtemp(`${tmpdir()}/evernest-`);
    databases = await Promise.all([createSqlite(), create()]);
    for (const { url } of databases) {
      await runCommand('import/main.js', [CATALOGUE], { cwd: folder, DATABASE_URL: url });
    }
    services = await Promise.all(databases.map(({ url }) => startService({ DATABASE_URL: url })));
  }, 120_000);

  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all(databases.map((database) => database.drop()));
    await rm(folder, { recursive: true });
  });

  const searches = [
    'moby',
    'bronte',
    'BRONTË anne',
    'œuvres',
    '紅樓',
    'the',
    '1812',
    'müller',
    "don quijote's",
    '!!!',
  ];
  const sorts = ['id', '-id', 'title', '-title', 'publishedOn', '-publishedOn'];
  const queries = searches.flatMap((search) =>
    sorts.map((sort) => `search=${encodeURIComponent(search)}&sort=${sort}&limit=100`),
  );

  /** Without ids, which PostgreSQL does not give out without gaps. */
  const withoutIds = (json: unknown) =>
    JSON.parse(
      JSON.stringify(json, (key, value) => (key === 'id' || key === 'nextCursor' ? undefined : value)),
    );

  it.each(queries)('give the same books in the same order for %s', async (query) => {
    const [one, other] = await Promise.all(services.map(({ url }) => new Api(url).get(`/books?${query}`)));
    expect(withoutIds(other?.body)).toEqual(withoutIds(one?.body));
  });

  it.each(['/authors?limit=100', '/genres?limit=100', '/authors?search=von&limit=100'])(
    'give the same names in the same order for %s',
    async (path) => {
      const [one, other] = await Promise.all(services.map(({ url }) => new Api(url).get(path)));
      expect(withoutIds(other?.body)).toEqual(withoutIds(one?.body));
    },
  );
});
