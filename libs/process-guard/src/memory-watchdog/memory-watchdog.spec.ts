import { Logger } from '@nestjs/common';
import { garbageCollector } from './collect-garbage.js';
import type { MemoryFigures } from './memory-figures.js';
import type { MemoryLimits } from './memory-limits.js';
import { MemoryWatchdog } from './memory-watchdog.js';

const MB = 1024 * 1024;
const LIMITS: MemoryLimits = {
  rssLimitBytes: 700 * MB,
  rssHardLimitBytes: null,
  heapLimitBytes: 512 * MB,
  containerLimitBytes: null,
};

function watched(figures: Partial<MemoryFigures>) {
  const now = { atMs: 0, rssBytes: 100 * MB, heapUsedBytes: 50 * MB, externalBytes: MB, ...figures };
  const verdicts: string[] = [];
  const collect = jest.fn();
  const watchdog = new MemoryWatchdog(
    LIMITS,
    ({ verdict, reason }) => verdicts.push(`${verdict}: ${reason}`),
    () => ({ ...now }),
    collect,
  );
  return { now, verdicts, collect, watchdog };
}

describe('the memory watchdog', () => {
  it('tells and logs a change of the verdict once', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    const { now, verdicts, watchdog } = watched({ heapUsedBytes: 470 * MB });
    watchdog.sample();
    watchdog.sample();
    now.heapUsedBytes = 100 * MB;
    watchdog.sample();
    watchdog.sample();

    const reason = 'The heap holds 470 MB, 92 % of its limit of 512 MB.';
    expect(verdicts).toEqual([`strained: ${reason}`, 'healthy: null']);
    expect(warn.mock.calls).toEqual([
      [expect.objectContaining({ message: `strained for memory: ${reason}`, heapUsedBytes: 470 * MB })],
    ]);
    expect(log.mock.calls).toEqual([[expect.objectContaining({ message: 'memory is healthy again' })]]);
  });

  it('has the latest figures for health, and no floor before the first collection', () => {
    const { now, watchdog } = watched({});
    now.rssBytes = 123 * MB;
    watchdog.sample();
    expect(watchdog.reading).toEqual({
      rssBytes: 123 * MB,
      rssLimitBytes: 700 * MB,
      heapUsedBytes: 50 * MB,
      heapLimitBytes: 512 * MB,
      heapFloorBytes: null,
      heapFloorSlopeBytesPerMinute: null,
    });
  });

  it('collects before it judges a large process', () => {
    const { now, watchdog, collect } = watched({});
    watchdog.sample();
    expect(collect).not.toHaveBeenCalled();
    now.rssBytes = 600 * MB;
    watchdog.sample();
    expect(collect).toHaveBeenCalledTimes(1);
  });

  it('looks five times a second while the heap is rather full, until it is stopped', () => {
    jest.useFakeTimers();
    const read = jest.fn(() => ({ atMs: 0, rssBytes: MB, heapUsedBytes: MB, externalBytes: 0 }));
    const looksAt = (heapLimitBytes: number) => {
      const stop = new MemoryWatchdog({ ...LIMITS, heapLimitBytes }, undefined, read).start();
      read.mockClear();
      jest.advanceTimersByTime(1000);
      stop();
      jest.advanceTimersByTime(1000);
      return read.mock.calls.length;
    };
    expect(looksAt(4 * MB)).toBe(5);
    expect(looksAt(1e6 * MB)).toBe(0);
    jest.useRealTimers();
  });

  it('sees the floor after a major collection, until it is stopped', async () => {
    const collect = garbageCollector();
    const watchdog = new MemoryWatchdog(LIMITS);
    const stop = watchdog.start();
    collect();
    await nextTurns();
    const { heapFloorBytes } = watchdog.reading;
    expect(heapFloorBytes).toBeGreaterThan(MB);
    expect(watchdog.reading.rssBytes).toBeGreaterThan(heapFloorBytes!);

    stop();
    const kept = Array.from({ length: 300_000 }, (_, index) => ({ index }));
    collect();
    await nextTurns();
    expect(watchdog.reading.heapFloorBytes).toBe(heapFloorBytes);
    expect(kept).toHaveLength(300_000);
  });
});

/** Node tells of a collection in a turn of its own. */
async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
