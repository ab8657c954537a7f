import { jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { showProgress } from './progress.js';

describe('showProgress', () => {
  afterEach(() => jest.useRealTimers());

  it('writes a plain line every five seconds where there is no terminal', () => {
    jest.useFakeTimers();
    const { stream, text } = output(false);
    const progress = showProgress(stream, 1000);
    for (const second of [1, 2, 3, 4, 5, 6]) {
      jest.advanceTimersByTime(1000);
      progress.update(second * 100, second * 1000);
    }
    progress.stop();
    expect(text()).toBe('50 %, 5,000 rows, 1,000 rows/s\n');
  });

  it('tells no share of files whose size nobody knows', () => {
    jest.useFakeTimers();
    const { stream, text } = output(false);
    const progress = showProgress(stream, 0);
    jest.advanceTimersByTime(10_000);
    progress.update(5000, 20);
    expect(text()).toBe('20 rows, 2 rows/s\n');
  });

  it('draws a bar on a terminal, and lines above it', () => {
    const { stream, text } = output(true);
    const progress = showProgress(stream, 1000);
    progress.line('books.csv:2: title: must not be blank');
    progress.update(500, 1234);
    progress.stop();
    const written = text();
    expect(written).toContain('books.csv:2: title: must not be blank\n');
    expect(written).toMatch(/█+░+.* 50 % {2}1,234 rows/);
  });
});

function output(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
  return { stream, text: () => String((stream as unknown as PassThrough).read() ?? '') };
}
