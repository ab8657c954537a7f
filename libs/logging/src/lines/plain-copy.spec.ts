import { plainCopy } from './plain-copy.js';

describe('plainCopy', () => {
  it('keeps what JSON can say', () => {
    const value = { text: 'a', number: 1.5, yes: true, nothing: null, list: [1, [2]], nested: { a: {} } };
    expect(plainCopy(value)).toEqual(value);
  });

  it('says in words what JSON cannot', () => {
    const value = {
      big: 10n,
      nan: Number.NaN,
      symbol: Symbol('s'),
      date: new Date(0),
      url: new URL('https://user:pass@host/x'),
      bytes: Buffer.from('secret'),
      map: new Map<unknown, unknown>([[1, 'one']]),
      set: new Set(['a']),
      run: function run() {},
      absent: undefined,
      list: [undefined],
    };
    expect(plainCopy(value)).toEqual({
      big: '10',
      nan: 'NaN',
      symbol: 'Symbol(s)',
      date: '1970-01-01T00:00:00.000Z',
      url: 'https://[redacted]@host/x',
      bytes: '[6 bytes]',
      map: { 1: 'one' },
      set: ['a'],
      run: '[function run]',
      list: [null],
    });
  });

  it('replaces the secrets of any depth and type, keys and causes included', () => {
    const value = {
      headers: [{ Authorization: 'Bearer abc', 'set-cookie': ['a=b'] }],
      login: new Map([['dbPassword', { plain: 'abc' }]]),
      'https://user:pass@host': 1,
      failure: new Error('x', { cause: { apiKey: 'abc' } }),
    };
    expect(plainCopy(value)).toMatchObject({
      headers: [{ Authorization: '[redacted]', 'set-cookie': '[redacted]' }],
      login: { dbPassword: '[redacted]' },
      'https://[redacted]@host': 1,
      failure: { message: 'x', causes: [{ value: { apiKey: '[redacted]' } }] },
    });
  });

  it('marks circles, and only circles', () => {
    const shared = { a: 1 };
    const value: Record<string, unknown> = { one: shared, two: shared };
    value['self'] = value;
    expect(plainCopy(value)).toEqual({ one: { a: 1 }, two: { a: 1 }, self: '[circular]' });
  });

  it('survives getters, proxies and toJSON that throw, at the price of their value only', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const fail = () => {
      throw new Error('no');
    };
    const value = Object.defineProperty({ proxy, json: { toJSON: fail }, rest: 1 }, 'trap', {
      enumerable: true,
      get: fail,
    });
    expect(plainCopy(value)).toEqual({
      proxy: '[unreadable]',
      json: '[unreadable]',
      trap: '[unreadable]',
      rest: 1,
    });
  });

  it('survives whatever a proxy does', () => {
    const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const;
    for (const trap of traps) {
      const fail = () => {
        throw new Error('no');
      };
      const copy = plainCopy({ proxy: new Proxy({ a: 1 }, { [trap]: fail }), rest: 1 });
      expect(copy).toEqual({ proxy: expect.anything(), rest: 1 });
    }
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(plainCopy(proxy)).toBe('[unreadable]');
  });

  it('masks the value that follows the name of a secret in a list, and that of a pair of name and value', () => {
    expect(
      plainCopy([
        ['Host', 'x', 'Authorization', 'Basic abc', 'Accept', '*/*'],
        [['set-cookie', 'a=b']],
        { name: 'password', value: 'abc' },
        { key: 'token', value: { a: 1 } },
        { name: 'title', value: 'abc' },
      ]),
    ).toEqual([
      ['Host', 'x', 'Authorization', '[redacted]', 'Accept', '*/*'],
      [['set-cookie', '[redacted]']],
      { name: 'password', value: '[redacted]' },
      { key: 'token', value: '[redacted]' },
      { name: 'title', value: 'abc' },
    ]);
  });

  it('masks nothing behind what only speaks of secrets, such as the title of a book', () => {
    const books = [['The Secret Garden', 'Moby Dick'], { name: 'The Secret Garden', value: 7 }];
    expect(plainCopy(books)).toEqual(books);
  });

  it('copies boxed texts, dates that are none, huge numbers and lone surrogates', () => {
    const value = { text: new String('password=x'), date: new Date(NaN), huge: 1n << 4096n, lone: 'a\ud800' };
    expect(plainCopy(value)).toEqual({
      text: 'password=[redacted]',
      date: null,
      huge: '[huge bigint]',
      lone: 'a\ud800',
    });
  });

  it('bounds depth, width and length', () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 10_000; depth += 1) deep = { deep };
    expect(JSON.stringify(plainCopy(deep))).toContain('[too deep]');
    expect(plainCopy(Array.from({ length: 1000 }))).toHaveLength(101);
    expect(plainCopy('x'.repeat(100_000))).toHaveLength(16_384 + '[truncated]'.length);

    const row = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [`key${index}`, 'x'.repeat(200)]),
    );
    const table = Array.from({ length: 90 }, () => ({ row, rows: [row, row] }));
    expect(JSON.stringify(plainCopy(table)).length).toBeLessThan(100_000);
  });

  it('does not reveal a secret by cutting a URL before its @', () => {
    const cutInsideOfSecret = `${'x'.repeat(16_366)} https://user:secret@host`;
    expect(plainCopy(cutInsideOfSecret)).not.toContain('secr');
  });

  it('searches no more for secrets than it may show', () => {
    const copy = plainCopy(Array.from({ length: 50 }, () => `password=${'x'.repeat(10_000)}`));
    expect(copy).toEqual([...Array.from({ length: 7 }, () => 'password=[redacted]'), '[truncated]']);
  });

  it('ends with lists and objects that have no end', () => {
    const endless = new Set<number>();
    endless[Symbol.iterator] = function* () {
      for (let n = 0; ; n += 1) yield n;
    };
    const nested = { toJSON: (): unknown => ({ toJSON: nested.toJSON }) };
    expect(plainCopy(endless)).toHaveLength(101);
    expect(plainCopy(nested)).toBe('[too deep]');
    expect(plainCopy(new Map(Array.from({ length: 1000 }, (_, index) => [index, 1])))).toHaveProperty(
      ['[truncated]'],
      true,
    );
  });

  it('treats __proto__ as a name like any other', () => {
    const copy = plainCopy(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true}}');
    expect({}).not.toHaveProperty('polluted');
  });
});
