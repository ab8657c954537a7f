import { resolveResponseCacheOptions, type ResponseCacheOptions } from './response-cache-options.js';

const given: ResponseCacheOptions = {
  freshness: { version: () => 1 },
  entityTagOf: () => '"x"',
  ifNoneMatchHas: () => false,
};

describe('the options of the response cache', () => {
  it('have defaults and are frozen', () => {
    const options = resolveResponseCacheOptions(given);
    expect(options).toMatchObject({ maxBytes: 32 * 1024 * 1024, compressFromBytes: 1024 });
    expect(Object.isFrozen(options)).toBe(true);
  });

  it.each([-1, 1.5, Number.NaN])('refuse %p bytes', (bytes) => {
    expect(() => resolveResponseCacheOptions({ ...given, maxBytes: bytes })).toThrow(/maxBytes/);
    expect(() => resolveResponseCacheOptions({ ...given, compressFromBytes: bytes })).toThrow(
      /compressFromBytes/,
    );
  });

  it('refuse what they do not know', () => {
    const wrong = { ...given, ttl: 5 };
    expect(() => resolveResponseCacheOptions(wrong)).toThrow('no option ttl');
  });
});
