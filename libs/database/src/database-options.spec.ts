import { resolveDatabaseOptions } from './database-options.js';

const url = 'sqlite:test.db';

describe('resolveDatabaseOptions', () => {
  it('fills in what is not given, undefined included, and freezes', () => {
    const options = resolveDatabaseOptions({ url, poolSize: undefined, busyTimeoutMs: 20 });
    expect(options).toMatchObject({ url, poolSize: 10, busyTimeoutMs: 20, statementTimeoutMs: 10_000 });
    expect(Object.isFrozen(options)).toBe(true);
  });

  it.each([{ busyTimeoutMs: '5000' }, { busyTimeoutMs: Number.NaN }, { poolSize: 0 }, { poolsize: 3 }])(
    'names what is wrong in %j',
    (wrong) => {
      const [name = ''] = Object.keys(wrong);
      expect(() => resolveDatabaseOptions({ url, ...wrong } as never)).toThrow(name);
    },
  );
});
