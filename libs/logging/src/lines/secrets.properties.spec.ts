import fc from 'fast-check';
import { oneLineJson } from './one-line-json.js';
import { logLineMaker } from './log-line.js';
import { prettyFormat } from './pretty-format.js';
import { redactUrl } from './redact-url.js';

// Tells a secret from everything else a line may hold.
const MARK = 'S3CR3T';
const REDACTED_PATHS = ['customer.card', 'items.*.*.card', '*.iban', 'error.card', 'error.causes.*.card'];

const anyText = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `x${text}${MARK}`);
/** What stands in texts and URLs, which end somewhere. */
const word = fc
  .stringMatching(/^[\w.~+/=!$*:;,@|{}()[\]%-]{0,20}$/)
  .map((text) => `x${text.replace(/:\/\//g, '')}${MARK}`);
const queryValue = fc.stringMatching(/^[\w.~+/=!$*:;,@%-]{0,20}$/).map((text) => `x${text}${MARK}`);
const token = fc.stringMatching(/^[\w.~+/-]{0,20}$/).map((text) => `${text}${MARK}==`);

const STEMS =
  'authorization cookie set-cookie password passwd passphrase pwd secret token apikey api-key api_key accessKey ' +
  'privateKey credentials signature jwt session_id';

const secretName = fc
  .tuple(
    fc.constantFrom('', 'x-', 'db_', 'my.', 'client'),
    fc.constantFrom(...STEMS.split(' ')),
    fc.constantFrom('', 's', '_2', 'Value'),
    fc.constantFrom('asItIs', 'lower', 'upper'),
  )
  .map(([before, stem, after, style]) => {
    const name = `${before}${stem}${after}`;
    if (style === 'lower') return name.toLowerCase();
    return style === 'upper' ? name.toUpperCase() : name;
  });

/** Some of the characters of a name as a URL may write them. */
const encodedName = fc
  .tuple(secretName, fc.integer({ min: 1, max: 9 }))
  .map(([name, each]) =>
    name.replace(/./g, (character, index: number) =>
      index % each === 0 ? `%${character.charCodeAt(0).toString(16)}` : character,
    ),
  );

const query = fc
  .tuple(fc.constantFrom('?', '?page=2&', '#', '?a=b#', ';'), fc.oneof(secretName, encodedName), queryValue)
  .map(([before, name, value]) => `/books${before}${name}=${value}&sort=title`);
const nestedUrl = query.map((url) => `/login?next=${encodeURIComponent(`https://host${url}`)}&page=1`);
const userInfo = queryValue.map(
  (password) => `postgres://user:${password.replace(/[/?#]/g, '')}@host:5432/db`,
);
const url = fc.oneof(
  query,
  nestedUrl,
  userInfo,
  fc.tuple(userInfo, query).map((parts) => parts.join('')),
);

const inText = fc.oneof(
  url,
  token.map((value) => `refused Bearer ${value}`),
  token.map((value) => `refused Basic ${Buffer.from(`user:${value}`).toString('base64')}${MARK}`),
  fc
    .tuple(secretName, fc.constantFrom('=', ': ', ':', ' = ', '=>', ' => '), word)
    .map(([name, separator, value]) => `cannot log in with ${name}${separator}${value} at host`),
  fc
    .tuple(secretName, fc.constantFrom('"', "'"), anyText)
    .map(([name, quote, value]) => `with ${name}: ${quote}${value.replace(/["'\\]/g, '')}${quote}, n: 1`),
  fc.tuple(secretName, word).map(([name, value]) => `<${name}>${value.replace(/[<&]/g, '')}</${name}>`),
  fc.tuple(token, token).map(([one, other]) => `Cookie: a=${one}; b=${other}\nHost: x`),
);

const namedField = fc
  .tuple(secretName, fc.oneof(anyText, fc.array(anyText), fc.record({ plain: anyText })))
  .map(([name, value]) => ({ harmless: 1, [name]: value }));

const headers = fc.tuple(secretName, anyText).chain(([name, value]) =>
  fc.constantFrom<unknown>(
    ['Host', 'x', name, value],
    [
      ['Host', 'x'],
      [name, value],
    ],
    [{ name, value }],
    { key: name, value },
    new Map([[name, value]]),
    [`${name}: ${JSON.stringify(value)}`],
  ),
);

const jsonText = fc
  .tuple(
    fc.oneof(
      namedField,
      fc.array(namedField),
      inText.map((text) => ({ text })),
    ),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([value, times]) => {
    let text: unknown = value;
    for (let time = 0; time < times; time += 1) text = JSON.stringify(time === 0 ? text : { body: text });
    return text;
  });
const cutJsonText = fc
  .tuple(namedField, fc.nat(10))
  .map(([value, cut]) => JSON.stringify(value).slice(0, -cut - 1));

class Credentials {
  constructor(
    readonly user: string,
    readonly password: unknown,
  ) {}
}

const secret = fc.oneof(
  namedField,
  inText,
  headers,
  jsonText,
  cutJsonText,
  anyText.map((password) => new Credentials('x', password)),
  inText.map((text) => new String(text)),
  inText.map((text) => ({ toJSON: () => text })),
  namedField.map((value) => ({ toJSON: () => value })),
);

/** Puts a value somewhere inside of objects, lists, maps and errors. */
function hidden(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { anywhere } = fc.letrec<{ anywhere: unknown }>((tie) => ({
    anywhere: fc.oneof(
      { maxDepth: 5 },
      value,
      tie('anywhere').map((inner) => [inner]),
      fc.tuple(fc.string(), tie('anywhere')).map(([name, inner]) => ({ [name]: inner })),
      tie('anywhere').map((inner) => new Map([['inner', inner]])),
      tie('anywhere').map((inner) => new Set([inner])),
      tie('anywhere').map((inner) =>
        Object.defineProperty({}, 'lazy', { enumerable: true, get: () => inner }),
      ),
      tie('anywhere').map((cause) => new Error('outer', { cause })),
      tie('anywhere').map((inner) => new AggregateError([inner, new Error('x')], 'all')),
      tie('anywhere').map((inner) => Object.assign(new Error('outer'), { config: { inner } })),
      tie('anywhere').map((inner) => new Error(typeof inner === 'string' ? inner : 'outer')),
    ),
  }));
  return anywhere;
}

const makeLine = logLineMaker({ redact: REDACTED_PATHS });

function texts(args: readonly unknown[], ambient?: unknown): [json: string, pretty: string] {
  const line = makeLine('error', args, ambient);
  return [oneLineJson(line), prettyFormat(false)(line)];
}

function expectNoSecret(args: readonly unknown[], ambient?: unknown): void {
  const [json, pretty] = texts(args, ambient);
  expect(JSON.parse(json)).toMatchObject({ level: 'error' });
  expect(json).not.toContain(MARK);
  expect(pretty).not.toContain(MARK);
}

describe('a log line', () => {
  const { stackTraceLimit } = Error;

  beforeAll(() => {
    // Those of fast-check are deep and always the same.
    Error.stackTraceLimit = 3;
  });

  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it.each<[string, (value: unknown) => readonly unknown[]]>([
    ['as the message', (value) => [value, 'Books']],
    ['beside a message', (value) => ['failed', value, 'Books']],
    ['after other arguments', (value) => ['failed', new Error('x'), 3, value, undefined, 'Books']],
    ['from a message function', (value) => [() => value]],
  ])('never shows a secret %s, whatever it is part of', (_, argsOf) => {
    fc.assert(
      fc.property(hidden(secret), (value) => expectNoSecret(argsOf(value))),
      { numRuns: 200 },
    );
  });

  it('never shows a secret of the fields of the moment, or as its context', () => {
    fc.assert(
      fc.property(hidden(secret), inText, (value, text) => expectNoSecret(['failed', text], { value })),
      { numRuns: 200 },
    );
  });

  it('never shows what a configured path names', () => {
    fc.assert(
      fc.property(anyText, fc.string(), (card, name) => {
        const error = Object.assign(new Error('x', { cause: Object.assign(new Error('y'), { card }) }), {
          card,
        });
        expectNoSecret([
          'paid',
          { customer: { card }, items: [{ [name]: { card } }], [name]: { iban: card } },
          error,
        ]);
        expectNoSecret([{ message: 'paid', customer: { card: { digits: [card] } } }], {
          account: { iban: card },
        });
        expectNoSecret([
          error,
          { items: new Map([[name, new Set([{ card: 1 }])]]), customer: new Map([['card', card]]) },
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('never shows a secret that a cut goes through, or that comes before or after it', () => {
    const filler = fc.constantFrom('x', 'lorem ipsum ', 'password=a ', '%41', '[', '"', '\\');
    const length = fc.oneof(
      fc.integer({ min: 16_300, max: 16_450 }),
      fc.integer({ min: 24_400, max: 24_700 }),
    );
    fc.assert(
      fc.property(filler, length, inText, (part, count, text) => {
        const padding = part.repeat(Math.ceil(count / part.length)).slice(0, count);
        expectNoSecret([`${padding} ${text}`]);
        expectNoSecret([`${padding} ${text} ${padding}`]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('redactUrl', () => {
  it('never shows a secret', () => {
    fc.assert(
      fc.property(url, (text) => {
        expect(redactUrl(text)).not.toContain(MARK);
      }),
      { numRuns: 300 },
    );
  });
});
