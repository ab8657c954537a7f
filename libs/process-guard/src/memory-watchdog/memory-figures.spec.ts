import { jest } from '@jest/globals';
import { readMemoryFigures } from './memory-figures.js';

describe('the memory figures', () => {
  afterEach(() => jest.restoreAllMocks());

  function failWith(code: string): void {
    jest.spyOn(process.memoryUsage, 'rss').mockImplementation(() => {
      throw Object.assign(new Error('cannot be read'), { code });
    });
  }

  it('say what was resident last when no file descriptor is left to read it', () => {
    const { rssBytes } = readMemoryFigures();
    failWith('EMFILE');
    expect(readMemoryFigures()).toMatchObject({ rssBytes, heapUsedBytes: expect.any(Number) });
  });

  it('do not hide any other reason why it cannot be read', () => {
    failWith('EACCES');
    expect(readMemoryFigures).toThrow('cannot be read');
  });
});
