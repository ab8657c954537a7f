import fc from 'fast-check';
import { Agent, request } from 'node:http';
import { TEST_DATABASES, type TestDatabase } from '../support/test-databases.js';
import { startService, WRITE_TOKEN, type Service } from '../support/service.js';

interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const RUNS = 500;
const ATTEMPTS_PER_RUN = 20;

const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  '1e3',
  '-1',
  '0',
  '9007199254740993',
  '2147483648',
  '1.5',
  'NaN',
  'null',
  '2026-02-30',
  '978-0-306-40615-8',
  '9780306406157',
  "'; drop table books; --",
  '%',
  '%00',
  '../../etc/passwd',
  'x'.repeat(3000),
  '紅樓夢',
  '" OR "',
  "a' & !b <-> (c:*",
);
const text = fc.oneof(nasty, fc.string(), fc.string({ unit: 'binary' }));
const id = fc.oneof(fc.integer({ min: 1, max: 40 }).map(String), nasty, fc.string());
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt().map(Number),
);
/** A right value most of the time, so that requests get past the first field. */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: scalar });
const words = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).map((value) => `x${value}`);
const knownId = fc.integer({ min: 1, max: 20 });
const date = fc.constantFrom('1999-12-31', '0001-01-01', '2028-02-29');

/** What each route takes. */
const shapes = {
  books: {
    title: mostly(words),
    summary: mostly(fc.option(words)),
    isbn: mostly(fc.constantFrom(null, '978-0-306-40615-7', '080442957X')),
    languages: mostly(fc.uniqueArray(fc.constantFrom('en', 'de', 'zh-Hant'))),
    publishedOn: mostly(fc.option(date)),
    authorIds: mostly(fc.uniqueArray(knownId, { maxLength: 3 })),
    genreIds: mostly(fc.uniqueArray(knownId, { maxLength: 3 })),
  },
  authors: {
    name: mostly(words),
    bornYear: mostly(fc.option(fc.integer({ min: -800, max: 2000 }))),
    diedYear: mostly(fc.option(fc.integer({ min: -800, max: 2000 }))),
    lifespan: mostly(fc.option(words)),
  },
  genres: { name: mostly(words) },
  copies: {
    bookId: mostly(knownId),
    imprint: mostly(words),
    status: mostly(fc.constantFrom('available', 'maintenance', 'reserved')),
  },
};
const loan = fc.record({ borrower: mostly(words), dueBack: mostly(date) });
const aResource = fc.constantFrom(...(Object.keys(shapes) as (keyof typeof shapes)[]));
const shapeOf = (name: keyof typeof shapes) => {
  const shape: Record<string, fc.Arbitrary<unknown>> = shapes[name];
  return fc.record(shape, {
    requiredKeys: Object.keys(shape).filter((key) => /title|name|bookId|imprint/.test(key)),
  });
};

const body = fc.oneof(
  { weight: 2, arbitrary: fc.object().map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"__proto__":{}}',
      '{"constructor":{"prototype":{}}}',
      '[[[[',
      '',
      '{"a":1e999}',
    ),
  },
);
const parameter = fc.tuple(
  fc.constantFrom(
    'search',
    'author',
    'genre',
    'language',
    'sort',
    'limit',
    'cursor',
    'book',
    'status',
    'format',
    'a[]',
    '__proto__',
  ),
  fc.oneof(text, fc.constantFrom('1', '20', 'title', '-publishedOn', 'en', 'csv', 'loaned')),
);
const path = fc.oneof(
  aResource.map((name) => `/${name}`),
  fc.tuple(aResource, id).map(([name, value]) => `/${name}/${escape(value)}`),
  fc
    .tuple(id, fc.constantFrom('loan', 'return'))
    .map(([value, action]) => `/copies/${escape(value)}/${action}`),
  fc
    .tuple(fc.webPath(), fc.constantFrom('', '/health', '/docs-json'))
    .map(([any, prefix]) => `${prefix}${any || '/'}`),
);
const headerValue = fc.oneof(
  fc.constantFrom('*', '"x"', 'W/"x"', '"', ',,', 'bytes=0-1'),
  fc.stringMatching(/^[!-~]{0,40}$/),
);
const wild: fc.Arbitrary<Attempt> = fc
  .record({
    method: fc.constantFrom(
      'GET',
      'GET',
      'POST',
      'POST',
      'PATCH',
      'PATCH',
      'DELETE',
      'PUT',
      'HEAD',
      'OPTIONS',
    ),
    path,
    query: fc.array(parameter, { maxLength: 3 }),
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: headerValue },
    ),
    extra: fc.dictionary(
      fc.constantFrom(
        'if-match',
        'if-none-match',
        'x-request-id',
        'accept',
        'accept-encoding',
        'range',
        'origin',
      ),
      headerValue,
      { maxKeys: 2 },
    ),
    body,
  })
  .map(({ method, path: place, query, type, extra, body: content }) => {
    const search = query.map(([name, value]) => `${name}=${escape(value)}`).join('&');
    const hasBody = method === 'POST' || method === 'PATCH' || method === 'PUT';
    return {
      method,
      path: search ? `${place}?${search}` : place,
      headers: { authorization: `Bearer ${WRITE_TOKEN}`, ...(hasBody && { 'content-type': type }), ...extra },
      body: hasBody ? content : '',
    };
  });

const writing = (method: string, place: string, content: unknown): Attempt => ({
  method,
  path: place,
  headers: { authorization: `Bearer ${WRITE_TOKEN}`, 'content-type': 'application/json' },
  body: JSON.stringify(content),
});
const bare = (method: string, place: string): Attempt => ({
  method,
  path: place,
  headers: { authorization: `Bearer ${WRITE_TOKEN}` },
  body: '',
});
const plausible: fc.Arbitrary<Attempt> = fc.oneof(
  aResource.chain((name) => shapeOf(name).map((content) => writing('POST', `/${name}`, content))),
  fc
    .tuple(aResource, knownId)
    .chain(([name, value]) => shapeOf(name).map((content) => writing('PATCH', `/${name}/${value}`, content))),
  fc.tuple(aResource, knownId).map(([name, value]) => bare('DELETE', `/${name}/${value}`)),
  fc.tuple(aResource, knownId).map(([name, value]) => bare('GET', `/${name}/${value}`)),
  fc.tuple(knownId, loan).map(([value, content]) => writing('POST', `/copies/${value}/loan`, content)),
  knownId.map((value) => bare('POST', `/copies/${value}/return`)),
  text.map((search) => bare('GET', `/books?search=${escape(search)}`)),
);
const attempt = fc.oneof({ weight: 2, arbitrary: plausible }, { weight: 3, arbitrary: wild });

describe.each(TEST_DATABASES)('whatever is asked, on $name', ({ create }) => {
  let database: TestDatabase;
  let service: Service;
  const agent = new Agent({ keepAlive: true, maxSockets: ATTEMPTS_PER_RUN });

  beforeAll(async () => {
    database = await create();
    service = await startService({ DATABASE_URL: database.url });
  });

  afterAll(async () => {
    agent.destroy();
    await service.stop();
    await database.drop();
  });

  const send = ({ method, path: place, headers, body: content }: Attempt) =>
    new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
      const outgoing = request(service.url + place, { method, headers, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: response.headers['content-encoding'] ? '' : Buffer.concat(chunks).toString(),
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(content);
    });

  it(`no request of ${RUNS * ATTEMPTS_PER_RUN} gets a 5xx, and each 4xx is a problem with a code`, async () => {
    const seen = new Map<number, number>();
    const attempts = fc.array(attempt, { minLength: ATTEMPTS_PER_RUN, maxLength: ATTEMPTS_PER_RUN });
    await fc.assert(
      fc.asyncProperty(attempts, async (batch) => {
        const answers = await Promise.all(batch.map(async (each) => ({ ...(await send(each)), each })));
        for (const { status, type, text: answer, each } of answers) {
          seen.set(status, (seen.get(status) ?? 0) + 1);
          if (status >= 500) throw new Error(`${status} for ${JSON.stringify(each)}: ${answer}`);
          if (status >= 400 && each.method !== 'HEAD') {
            expect(type).toMatch(/^application\/problem\+json/);
            if (answer)
              expect(JSON.parse(answer)).toMatchObject({ status, code: expect.stringMatching(/^[A-Z_]+$/) });
          }
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    process.stdout.write(`Answers by status: ${JSON.stringify(Object.fromEntries(seen))}\n`);
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining([200, 201, 204, 400, 404, 405, 409, 414, 415, 422]),
    );
  }, 300_000);
});

/** Percent-encodes what may not stand in a URL; a lone surrogate, which has no encoding, stays out. */
function escape(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27');
}
