import fc from 'fast-check';
import { pathMatcher } from './path-prefixes.js';

const segment = fc.stringMatching(/^[a-z0-9._-]{1,8}$/);

describe('a path that is never shed', () => {
  const matches = pathMatcher(['/health', '/ops/metrics']);

  it.each([
    '/health',
    '/health/',
    '/health/live',
    '/health?full=1',
    '/health#x',
    '/ops/metrics',
    '/ops/metrics?a',
  ])('covers %s', (url) => expect(matches(url)).toBe(true));

  it.each([
    '/healthy',
    '/health-x',
    '/',
    '/ops',
    '/ops/metricsx',
    '/books/health',
    '/books?x=/health',
    'health',
    '*',
  ])('does not cover %s', (url) => expect(matches(url)).toBe(false));

  it('covers everything below it, whatever follows', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.array(segment), (prefix, rest) => {
        const path = `/${prefix.join('/')}`;
        expect(pathMatcher([path])([path, ...rest].join('/'))).toBe(true);
        expect(pathMatcher([path])(`${path}x${rest.join('/')}`)).toBe(false);
      }),
    );
  });

  it.each(['', '/', 'health', '/health/'])('cannot be %p', (path) => {
    expect(() => pathMatcher([path])).toThrow(`and one is ${path}`);
  });
});
