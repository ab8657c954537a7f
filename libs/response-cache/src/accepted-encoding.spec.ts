import { acceptedEncoding } from './accepted-encoding.js';

describe('the accepted encoding', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip', 'gzip'],
    [`${'x, '.repeat(200)}gzip`, undefined],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['BR', 'br'],
    ['*', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['gzip;q=0.5, br;q=0', 'gzip'],
    ['gzip; q=0', undefined],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=nonsense', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.2, gzip;q=0.5', 'gzip'],
  ])('of %p is %p', (header, encoding) => {
    expect(acceptedEncoding(header)).toBe(encoding);
    expect(acceptedEncoding(header)).toBe(encoding);
  });
});
