import fc from 'fast-check';
import { FloorWindow } from './floor-window.js';

function filled(gapsMs: readonly number[]) {
  const window = new FloorWindow();
  let atMs = 0;
  for (const gapMs of gapsMs) {
    atMs += gapMs;
    window.add({ atMs, rssBytes: 0, heapUsedBytes: 0, externalBytes: 0 });
  }
  return { times: window.floors.map((floor) => floor.atMs), nowMs: atMs };
}

describe('the window of floors', () => {
  it('has at most forty, in order, none older than ten minutes, and always the latest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 300, size: 'max' }),
        (gaps) => {
          const { times, nowMs } = filled(gaps);
          expect(times.length).toBeLessThanOrEqual(40);
          expect(times).toEqual(times.toSorted((one, other) => one - other));
          expect(times.at(-1)).toBe(nowMs);
          expect(nowMs - times[0]!).toBeLessThanOrEqual(600_000);
        },
      ),
    );
  });

  it('shows the last seconds and the last minutes, however often V8 collects', () => {
    const { times, nowMs } = filled(Array.from({ length: 3000 }, () => 100));
    const within = (ms: number) => times.filter((time) => nowMs - time <= ms).length;
    expect(within(2000)).toBeGreaterThanOrEqual(8);
    expect(within(60_000)).toBeGreaterThanOrEqual(20);
    expect(nowMs - times[0]!).toBeGreaterThan(200_000);
  });
});
