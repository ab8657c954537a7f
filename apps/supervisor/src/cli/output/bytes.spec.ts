import { bytes, bytesOf } from './bytes.js';

const MEBIBYTE = 1024 * 1024;

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [-0.01, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [213.4 * MEBIBYTE, '213 MiB'],
    [-1.26 * MEBIBYTE, '-1.3 MiB'],
    [1024 * MEBIBYTE - 1, '1 GiB'],
    [2 ** 60, '1048576 TiB'],
  ])('words %d as %s', (count, words) => {
    expect(bytes(count)).toBe(words);
  });

  it('shows an amount in the unit of its limit', () => {
    expect(bytesOf(213 * MEBIBYTE, 700 * MEBIBYTE)).toBe('213 / 700 MiB');
    expect(bytesOf(512 * MEBIBYTE, 2048 * MEBIBYTE)).toBe('0.5 / 2 GiB');
  });
});
