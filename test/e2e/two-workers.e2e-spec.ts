import { Api, served } from '../support/api.js';
import { startService, type Service } from '../support/service.js';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';

describe.each(TEST_DATABASES)('two workers on one $name database', ({ create }) => {
  let database: TestDatabase;
  let workers: Service[];
  let apis: Api[];

  beforeAll(async () => {
    database = await create();
    const variables = { DATABASE_URL: database.url };
    workers = await Promise.all([startService(variables), startService(variables)]);
    apis = workers.map(({ url }) => new Api(url));
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await database.drop();
  });

  /** The worker whose turn it is. */
  const turn = (index: number) => apis[index % apis.length] as Api;

  it('start together on an empty database, and both are ready', async () => {
    for (const api of apis) expect((await api.get('/health/ready')).status).toBe(200);
  });

  it('lend one copy to exactly one of 200 who ask both at once', async () => {
    const book = await turn(0).post('/books', { title: 'Wanted' });
    const copy = await turn(1).post('/copies', { bookId: book.body.id, imprint: 'The only one' });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        served(() =>
          turn(index).post(`/copies/${copy.body.id}/loan`, {
            borrower: `Reader ${index}`,
            dueBack: '2030-01-01',
          }),
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(199);
    const lent = answers.find(({ status }) => status === 200);
    expect((await turn(1).get(`/copies/${copy.body.id}`)).body.borrower).toBe(lent?.body.borrower);
  });

  it('take one of 20 changes that are conditional on the same state', async () => {
    const { body } = await turn(0).post('/books', { title: 'Contended' });
    const tag = (await turn(0).get(`/books/${body.id}`)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        turn(index).patch(`/books/${body.id}`, { title: `Version ${index}` }, { 'if-match': tag }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
  });

  it('see what the other wrote at once', async () => {
    const { body } = await turn(0).post('/books', { title: 'Fresh' });
    expect((await turn(1).get(`/books/${body.id}`)).body).toEqual(body);
  });

  it('rename authors and retitle their book at the same time without a false conflict', async () => {
    const names = ['First, Author', 'Second, Author'];
    const authors = await Promise.all(names.map((name) => turn(0).post('/authors', { name })));
    const authorIds = authors.map(({ body }) => body.id);
    const book = await turn(0).post('/books', { title: 'Shared', authorIds });
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all([
        turn(0).patch(`/authors/${authorIds[0]}`, { name: `First ${round}` }),
        turn(1).patch(`/authors/${authorIds[1]}`, { name: `Second ${round}` }),
        turn(0).patch(`/books/${book.body.id}`, { title: `Shared ${round}`, authorIds }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
    const found = await turn(1).get('/books?search=first%20second%20shared%209');
    expect(found.body.items.map(({ id }: { id: number }) => id)).toEqual([book.body.id]);
  });

  it('answer a book whose genre is deleted at the same moment with 201 or 422, never with 500', async () => {
    for (let round = 0; round < 10; round += 1) {
      const genre = await turn(0).post('/genres', { name: `Fleeting ${round}` });
      const [made] = await Promise.all([
        turn(0).post('/books', { title: 'Late', genreIds: [genre.body.id] }),
        turn(1).delete(`/genres/${genre.body.id}`),
      ]);
      expect([201, 422]).toContain(made.status);
    }
  });

  it('lose none of 60 books that both are given at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        served(() => turn(index).post('/books', { title: `Many ${index}` })),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(60);
  });
});
