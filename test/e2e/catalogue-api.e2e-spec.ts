import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';
import { Api, served, type Answer } from '../support/api.js';
import { startService, type Service } from '../support/service.js';

describe.each(TEST_DATABASES)('the catalogue API on $name', ({ create }) => {
  let database: TestDatabase;
  let service: Service;
  let api: Api;

  beforeAll(async () => {
    database = await create();
    service = await startService({ DATABASE_URL: database.url });
    api = new Api(service.url);
  });

  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  const created = async (answer: Promise<Answer>) => {
    const { status, body } = await answer;
    expect({ status, body }).toEqual({ status: 201, body: expect.anything() });
    return body;
  };
  const newBook = (fields: object = {}) => created(api.post('/books', { title: 'A book', ...fields }));
  const newAuthor = (name: string) => created(api.post('/authors', { name }));
  const newGenre = (name: string) => created(api.post('/genres', { name }));
  const newCopy = async (fields: object = {}) => {
    const { id: bookId } = await newBook();
    return created(api.post('/copies', { bookId, imprint: 'First printing', ...fields }));
  };

  /** Follows `nextCursor` to the end. */
  const allPages = async (path: string) => {
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await api.get(`${path}${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      pages.push(body.items);
      cursor = body.nextCursor;
    }
    return pages;
  };

  describe('books', () => {
    it('makes a book, says where it is, and reads it back in the shape of the contract', async () => {
      const author = await newAuthor('Melville, Herman');
      const genre = await newGenre('Sea stories');
      const answer = await api.post('/books', {
        title: 'Moby Dick',
        summary: 'A whale.',
        isbn: '0-14-243724-7',
        languages: ['en', 'pt-BR'],
        publishedOn: '1851-10-18',
        authorIds: [author.id],
        genreIds: [genre.id],
      });
      expect(answer.status).toBe(201);
      const { headers, body } = answer;
      expect(headers.get('location')).toBe(`/books/${body.id}`);
      expect(body).toEqual({
        id: expect.any(Number),
        title: 'Moby Dick',
        summary: 'A whale.',
        isbn: '9780142437247',
        languages: ['en', 'pt-BR'],
        publishedOn: '1851-10-18',
        authors: [{ id: author.id, name: 'Melville, Herman', role: null }],
        genres: [{ id: genre.id, name: 'Sea stories' }],
      });
      expect((await api.get(`/books/${body.id}`)).body).toEqual(body);
    });

    it('gives null and empty lists for what a book does not have', async () => {
      const { id, ...rest } = await newBook({ title: 'Bare' });
      expect(id).toBeGreaterThan(0);
      expect(rest).toEqual({
        title: 'Bare',
        summary: null,
        isbn: null,
        languages: [],
        publishedOn: null,
        authors: [],
        genres: [],
      });
    });

    it('changes only what a PATCH names, and clears what it sets to null', async () => {
      const author = await newAuthor('Patched, Author');
      const book = await newBook({ summary: 'Before', publishedOn: '1900-01-01', authorIds: [author.id] });
      const { status, body } = await api.patch(`/books/${book.id}`, { title: 'After', summary: null });
      expect(status).toBe(200);
      expect(body).toEqual({ ...book, title: 'After', summary: null });
    });

    it('refuses a second book with the same ISBN, however it is written', async () => {
      await newBook({ isbn: '978-0-306-40615-7' });
      const { status, body } = await api.post('/books', { title: 'Twin', isbn: '0306406152' });
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: 'BOOK_ISBN_TAKEN', errors: [{ field: 'isbn' }] });
    });

    it('names the author and the genre that do not exist', async () => {
      const { status, body } = await api.post('/books', {
        title: 'Orphan',
        authorIds: [2147483647],
        genreIds: [],
      });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'REFERENCE_UNKNOWN', errors: [{ field: 'authorIds[0]' }] });
    });

    it('deletes a book, but not while it has copies', async () => {
      const copy = await newCopy();
      const refused = await api.delete(`/books/${copy.bookId}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'BOOK_HAS_COPIES' } });
      expect((await api.delete(`/copies/${copy.id}`)).status).toBe(204);
      expect((await api.delete(`/books/${copy.bookId}`)).status).toBe(204);
      expect(await api.get(`/books/${copy.bookId}`)).toMatchObject({
        status: 404,
        body: { code: 'BOOK_NOT_FOUND' },
      });
    });
  });

  describe('searching', () => {
    it('finds books by all words of title and authors, without regard to case and accents', async () => {
      const anne = await newAuthor('Brontë, Anne');
      const { id } = await newBook({ title: 'The Tenant of Wildfell Hall', authorIds: [anne.id] });
      await newBook({ title: 'Hall of the Tenants' });
      for (const search of ['wildfell', 'BRONTE tenant', 'tenant brontë', 'Hall, Wildfell!']) {
        const { body } = await api.get(`/books?search=${encodeURIComponent(search)}`);
        expect(body.items.map((book: { id: number }) => book.id)).toEqual([id]);
      }
      expect((await api.get('/books?search=wildfel')).body.items).toEqual([]);
      expect((await api.get('/books?search=%21%21%21')).body).toEqual({ items: [], nextCursor: null });
    });

    it('finds a book by the new name of its author and no longer by the old one', async () => {
      const author = await newAuthor('Oldname, Zed');
      const { id } = await newBook({ title: 'Renaming', authorIds: [author.id] });
      await api.patch(`/authors/${author.id}`, { name: 'Newname, Zed' });
      expect((await api.get('/books?search=oldname')).body.items).toEqual([]);
      expect((await api.get('/books?search=newname')).body.items[0].id).toBe(id);
    });

    it('filters by author, genre and language together', async () => {
      const author = await newAuthor('Filter, Fay');
      const genre = await newGenre('Filtering');
      const match = { authorIds: [author.id], genreIds: [genre.id], languages: ['fi'] };
      const { id } = await newBook({ title: 'All three', ...match });
      await newBook({ title: 'Two of three', ...match, languages: ['sv'] });
      const { body } = await api.get(`/books?author=${author.id}&genre=${genre.id}&language=fi`);
      expect(body.items.map((book: { id: number }) => book.id)).toEqual([id]);
    });
  });

  describe('pages', () => {
    const ORDERS: Record<string, string[]> = {
      id: ['banana', 'Äpfel', 'apple', 'Banana', '…', 'cherry', 'apple'],
      title: ['…', 'Äpfel', 'apple', 'apple', 'banana', 'Banana', 'cherry'],
      publishedOn: ['banana', 'Banana', 'apple', 'Äpfel', 'apple', '…', 'cherry'],
    };

    it.each(['id', '-id', 'title', '-title', 'publishedOn', '-publishedOn'])(
      'gives every book exactly once, in order, when followed by %s',
      async (sort) => {
        const genre = await newGenre(`Pages ${sort}`);
        for (const [index, title] of (ORDERS['id'] ?? []).entries()) {
          const publishedOn = index % 3 === 0 ? null : `190${index}-01-01`;
          await newBook({ title, genreIds: [genre.id], publishedOn });
        }
        const pages = await allPages(`/books?genre=${genre.id}&sort=${sort}&limit=2`);
        expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1]);
        const whole = (await api.get(`/books?genre=${genre.id}&sort=${sort}&limit=100`)).body.items;
        expect(pages.flat()).toEqual(whole);
        const ascending = sort.startsWith('-') ? whole.toReversed() : whole;
        expect(ascending.map(({ title }: { title: string }) => title)).toEqual(ORDERS[sort.replace('-', '')]);
      },
    );

    it('does not repeat or skip a row when others are added and removed in between', async () => {
      const genre = await newGenre('Moving');
      const made = [];
      for (let index = 0; index < 6; index += 1) made.push(await newBook({ genreIds: [genre.id] }));
      const first = (await api.get(`/books?genre=${genre.id}&limit=3`)).body;
      await api.delete(`/books/${made[1].id}`);
      await newBook({ genreIds: [genre.id] });
      const second = (await api.get(`/books?genre=${genre.id}&limit=3&cursor=${first.nextCursor}`)).body;
      expect(second.items.map((book: { id: number }) => book.id)).toEqual(made.slice(3).map(({ id }) => id));
    });

    it('refuses a cursor that was changed or belongs to another query', async () => {
      const genre = await newGenre('Cursors');
      for (let index = 0; index < 3; index += 1) await newBook({ genreIds: [genre.id] });
      const { nextCursor } = (await api.get(`/books?genre=${genre.id}&limit=1`)).body;
      const tampered = `${nextCursor.startsWith('W') ? 'X' : 'W'}${nextCursor.slice(1)}`;
      for (const path of [
        `/books?genre=${genre.id}&limit=1&cursor=${tampered}`,
        `/books?limit=1&cursor=${nextCursor}`,
        `/books?genre=${genre.id}&sort=title&limit=1&cursor=${nextCursor}`,
        `/authors?cursor=${nextCursor}`,
      ]) {
        expect(await api.get(path)).toMatchObject({
          status: 400,
          body: { code: 'CURSOR_INVALID', errors: [{ field: 'cursor' }] },
        });
      }
    });
  });

  describe('authors and genres', () => {
    it('keeps years BCE and the wording of the source', async () => {
      const author = await created(
        api.post('/authors', {
          name: 'Aesop',
          bornYear: -621,
          diedYear: -565,
          lifespan: '621? BCE-565? BCE',
        }),
      );
      expect(author).toEqual({
        id: expect.any(Number),
        name: 'Aesop',
        bornYear: -621,
        diedYear: -565,
        lifespan: '621? BCE-565? BCE',
      });
      expect((await api.get('/authors?search=aesop')).body.items).toEqual([author]);
    });

    it('tells people of one name apart by their dates, and refuses the same person twice', async () => {
      await created(api.post('/authors', { name: 'Dumas, Alexandre', lifespan: '1802-1870' }));
      await created(api.post('/authors', { name: 'Dumas, Alexandre', lifespan: '1824-1895' }));
      const twice = await api.post('/authors', { name: 'Dumas, Alexandre', lifespan: '1802-1870' });
      expect(twice).toMatchObject({ status: 409, body: { code: 'AUTHOR_EXISTS' } });
    });

    it('refuses a genre that differs only in case', async () => {
      await newGenre('Détective');
      const twice = await api.post('/genres', { name: 'DETECTIVE' });
      expect(twice).toMatchObject({ status: 409, body: { code: 'GENRE_NAME_TAKEN' } });
    });

    it('does not delete an author or a genre that a book still names', async () => {
      const author = await newAuthor('Kept, Author');
      const genre = await newGenre('Kept');
      const book = await newBook({ authorIds: [author.id], genreIds: [genre.id] });
      expect(await api.delete(`/authors/${author.id}`)).toMatchObject({
        status: 409,
        body: { code: 'AUTHOR_HAS_BOOKS' },
      });
      expect(await api.delete(`/genres/${genre.id}`)).toMatchObject({
        status: 409,
        body: { code: 'GENRE_HAS_BOOKS' },
      });
      await api.delete(`/books/${book.id}`);
      expect((await api.delete(`/authors/${author.id}`)).status).toBe(204);
      expect((await api.delete(`/genres/${genre.id}`)).status).toBe(204);
      expect(await api.get(`/genres/${genre.id}`)).toMatchObject({
        status: 404,
        body: { code: 'GENRE_NOT_FOUND' },
      });
    });

    it('renames a genre, which its books then show', async () => {
      const genre = await newGenre('Befor');
      const book = await newBook({ genreIds: [genre.id] });
      expect((await api.patch(`/genres/${genre.id}`, { name: 'Before' })).body).toEqual({
        ...genre,
        name: 'Before',
      });
      expect((await api.get(`/books/${book.id}`)).body.genres).toEqual([{ id: genre.id, name: 'Before' }]);
    });
  });

  describe('copies', () => {
    const loan = { borrower: 'Ishmael', dueBack: '2027-01-31' };

    it('lends an available copy and takes it back', async () => {
      const copy = await newCopy();
      const lent = await api.post(`/copies/${copy.id}/loan`, loan);
      expect(lent).toMatchObject({ status: 200, body: { ...copy, status: 'loaned', ...loan } });
      const returned = await api.post(`/copies/${copy.id}/return`);
      expect(returned).toMatchObject({ status: 200, body: copy });
      expect(await api.post(`/copies/${copy.id}/return`)).toMatchObject({
        status: 409,
        body: { code: 'COPY_NOT_ON_LOAN' },
      });
    });

    it('lends a copy to exactly one of 200 who ask at once', async () => {
      const copy = await newCopy();
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          served(() => api.post(`/copies/${copy.id}/loan`, { ...loan, borrower: `Reader ${index}` })),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(199);
    });

    it.each(['maintenance', 'reserved'])('does not lend a copy that is in status %s', async (status) => {
      const copy = await newCopy({ status });
      expect(await api.post(`/copies/${copy.id}/loan`, loan)).toMatchObject({
        status: 409,
        body: { code: 'COPY_NOT_AVAILABLE' },
      });
    });

    it('changes status only by loan and return while a copy is on loan', async () => {
      const copy = await newCopy();
      await api.post(`/copies/${copy.id}/loan`, loan);
      const change = await api.patch(`/copies/${copy.id}`, { status: 'available' });
      expect(change).toMatchObject({ status: 409, body: { code: 'COPY_ON_LOAN' } });
      expect(await api.delete(`/copies/${copy.id}`)).toMatchObject({
        status: 409,
        body: { code: 'COPY_ON_LOAN' },
      });
      expect((await api.patch(`/copies/${copy.id}`, { imprint: 'Second' })).body.imprint).toBe('Second');
      const direct = await api.post('/copies', { bookId: copy.bookId, imprint: 'x', status: 'loaned' });
      expect(direct).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } });
    });

    it('lists copies by book and status', async () => {
      const copy = await newCopy({ status: 'reserved' });
      const { body } = await api.get(`/copies?book=${copy.bookId}&status=reserved`);
      expect(body).toEqual({ items: [copy], nextCursor: null });
      expect((await api.get(`/copies?book=${copy.bookId}&status=loaned`)).body.items).toEqual([]);
    });

    it('says that the book of a new copy does not exist', async () => {
      const { status, body } = await api.post('/copies', { bookId: 2147483647, imprint: 'x' });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'REFERENCE_UNKNOWN', errors: [{ field: 'bookId' }] });
    });
  });

  describe('conditional requests', () => {
    it.each(['/books?limit=1', '/authors?limit=1', '/genres?limit=1', '/copies?limit=1', '/docs-json', '/'])(
      'answers 304 to a repeated read of %s',
      async (path) => {
        const tag = (await api.get(path)).headers.get('etag') ?? '';
        expect(tag).toMatch(/^"[^"]+"$/);
        const again = await api.get(path, { 'if-none-match': tag });
        expect(again).toMatchObject({ status: 304, body: '' });
        expect((await api.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
      },
    );

    it('changes a resource only if it is still in the state that If-Match names', async () => {
      const { id } = await newBook();
      const tag = (await api.get(`/books/${id}`)).headers.get('etag') ?? '';
      expect((await api.patch(`/books/${id}`, { title: 'First' }, { 'if-match': tag })).status).toBe(200);
      const late = await api.patch(`/books/${id}`, { title: 'Second' }, { 'if-match': tag });
      expect(late).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
      expect((await api.delete(`/books/${id}`, { 'if-match': tag })).status).toBe(412);
      const now = (await api.get(`/books/${id}`)).headers.get('etag') ?? '';
      expect((await api.delete(`/books/${id}`, { 'if-match': now })).status).toBe(204);
    });

    it('lets exactly one of many conditional changes of one state through', async () => {
      const { id } = await newBook();
      const tag = (await api.get(`/books/${id}`)).headers.get('etag') ?? '';
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          api.patch(`/books/${id}`, { title: `Version ${index}` }, { 'if-match': tag }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    });
  });

  describe('the export', () => {
    it('streams every book once as a line of JSON', async () => {
      const response = await fetch(`${service.url}/books/export`);
      expect(response.headers.get('content-type')).toMatch('application/x-ndjson');
      const lines = (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const listed = (await allPages('/books?limit=100')).flat();
      expect(lines).toEqual(listed);
    });

    it('streams CSV with a header, quoting what needs it', async () => {
      const { id } = await newBook({ title: 'Comma, "quote"\nand line', languages: ['en', 'de'] });
      const text = await (await fetch(`${service.url}/books/export?format=csv`)).text();
      expect(text.startsWith('id,title,authors,isbn,publishedOn,languages,genres,summary\n')).toBe(true);
      expect(text).toContain(`${id},"Comma, ""quote""\nand line",,,,en; de,,\n`);
    });
  });
});
