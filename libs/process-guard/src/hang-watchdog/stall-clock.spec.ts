import fc from 'fast-check';
import { StallClock, type LoopSight } from './stall-clock.js';

const POLL_MS = 250;
const BEAT_MS = 20;

const at = (nowMs: number, beats: number, cpuWaitMs = 0): LoopSight => ({
  nowMs,
  beats,
  cpuWaitMs: () => cpuWaitMs,
  pollMs: POLL_MS,
});

/** The readings of a new clock that sees these, in order. */
function readings(sights: readonly LoopSight[]): number[] {
  const clock = new StallClock();
  return sights.map((sight) => clock.look(sight));
}

describe('the stall clock', () => {
  it('counts while the loop stands still, and starts over when it moves', () => {
    expect(readings([at(0, 5), at(250, 5), at(500, 5), at(750, 6), at(1000, 6)])).toEqual([
      0, 250, 500, 0, 250,
    ]);
  });

  it('counts a gap of its own looks as two intervals: the process was stopped, or the machine suspended', () => {
    expect(readings([at(0, 5), at(3_600_000, 5)])).toEqual([0, 2 * POLL_MS]);
  });

  it('leaves out the time in which the main thread waited for a processor, from its second look on, but a fifth', () => {
    expect(readings([at(0, 5), at(250, 5, 100), at(500, 5, 200), at(750, 5, 449)])).toEqual([
      0, 250, 400, 450,
    ]);
  });

  it('does not go backwards when the system changes its mind about the wait', () => {
    expect(readings([at(0, 5), at(250, 5, 100), at(500, 5, 0)])).toEqual([0, 250, 500]);
  });

  it('does not read the wait while the loop moves, nor remembers that of an earlier stall', () => {
    const clock = new StallClock();
    const unread = () => {
      throw new Error('read for nothing');
    };
    clock.look({ ...at(0, 5), cpuWaitMs: unread });
    clock.look(at(250, 5, 0));
    clock.look({ ...at(500, 6), cpuWaitMs: unread });
    expect(clock.look(at(750, 6, 200))).toBe(250);
  });

  it('forgets what it saw when it is reset', () => {
    const clock = new StallClock();
    clock.look(at(0, 5));
    clock.look(at(250, 5));
    clock.reset();
    expect([clock.look(at(500, 5)), clock.look(at(750, 5))]).toEqual([0, 250]);
  });

  const gaps = fc.array(fc.record({ gapMs: fc.integer({ min: 1, max: 2000 }), isBusy: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  });

  it('never counts more than has passed since the last beat, whatever the gaps', () => {
    fc.assert(
      fc.property(gaps, (steps) => {
        const clock = new StallClock();
        let [nowMs, lastBeatMs] = [0, 0];
        clock.look(at(0, 0));
        for (const { gapMs, isBusy } of steps) {
          nowMs += gapMs;
          // A loop that moves beats every 20 ms; the last of these beats lies between the two looks.
          if (!isBusy) lastBeatMs = nowMs - (gapMs % BEAT_MS);
          expect(clock.look(at(nowMs, lastBeatMs))).toBeLessThanOrEqual(nowMs - lastBeatMs);
        }
      }),
    );
  });

  it('stays below any timeout of four intervals or more, however often the whole process is stopped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 86_400_000 }), { minLength: 1, maxLength: 60 }),
        (gapsMs) => {
          const clock = new StallClock();
          let [nowMs, beats] = [0, 0];
          for (const gapMs of gapsMs) {
            // Stopped right after a look, and the first look afterwards comes before the first beat.
            expect(clock.look(at((nowMs += gapMs), beats))).toBeLessThanOrEqual(2 * POLL_MS);
            expect(clock.look(at((nowMs += POLL_MS), (beats += 1)))).toBe(0);
          }
        },
      ),
    );
  });

  it('reaches a timeout within two intervals of it when its looks come in time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 60_000 }),
        fc.integer({ min: 0, max: POLL_MS - 1 }),
        (timeoutMs, phaseMs) => {
          const clock = new StallClock();
          let nowMs = phaseMs;
          clock.look(at(nowMs, 1));
          while (clock.look(at((nowMs += POLL_MS), 1)) < timeoutMs);
          expect(nowMs).toBeGreaterThanOrEqual(timeoutMs);
          expect(nowMs).toBeLessThan(timeoutMs + 2 * POLL_MS);
        },
      ),
    );
  });

  it('counts at least a fifth of a stall, so that a hang on a busy machine ends too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }), (waitsMs) => {
        const clock = new StallClock();
        clock.look(at(0, 1));
        let [nowMs, waitedMs, reading] = [0, 0, 0];
        for (const waitMs of waitsMs) reading = clock.look(at((nowMs += POLL_MS), 1, (waitedMs += waitMs)));
        expect(reading).toBeGreaterThanOrEqual(nowMs / 5 - 1e-6);
      }),
    );
  });
});
