import fc from 'fast-check';
import type { MemoryFigures } from './memory-figures.js';
import { MemoryJudge } from './memory-judge.js';
import type { MemoryLimits } from './memory-limits.js';

const MB = 1024 * 1024;
const LIMITS: MemoryLimits = {
  rssLimitBytes: 700 * MB,
  rssHardLimitBytes: null,
  heapLimitBytes: 512 * MB,
  containerLimitBytes: null,
};

interface Megabytes {
  heap?: number;
  external?: number;
  rss?: number;
}

function at(
  seconds: number,
  { heap = 50, external = 5, rss = heap + external + 60 }: Megabytes,
): MemoryFigures {
  return {
    atMs: seconds * 1000,
    heapUsedBytes: heap * MB,
    externalBytes: external * MB,
    rssBytes: rss * MB,
  };
}

function judge(limits: Partial<MemoryLimits> = {}) {
  const subject = new MemoryJudge({ ...LIMITS, ...limits });
  return {
    subject,
    sample: (seconds: number, megabytes: Megabytes) => subject.onSample(at(seconds, megabytes)),
    floor: (seconds: number, megabytes: Megabytes) => subject.onFloor(at(seconds, megabytes)),
  };
}

describe('a heap that leaks', () => {
  it('is named with its figures before it is full', () => {
    const { floor } = judge();
    for (let minute = 0; minute < 9; minute += 1) {
      expect(floor(minute * 60, { heap: 50 + minute * 38 }).verdict).toBe('healthy');
    }
    expect(floor(540, { heap: 392 })).toEqual({
      verdict: 'recycle',
      reason:
        'The heap keeps 392 MB after each collection and grows by 38 MB a minute; it would reach its limit of 512 MB in 3.2 minutes.',
      isStrained: false,
      heapFloorBytes: 392 * MB,
      heapFloorSlopeBytesPerMinute: expect.closeTo(38 * MB),
      projectedMsToLimit: expect.closeTo((120 / 38) * 60_000),
    });
  });

  it('is given time below 85 % if the limit is more than five minutes away', () => {
    const { floor } = judge();
    for (let minute = 0; minute <= 9; minute += 1) floor(minute * 60, { heap: 250 + minute * 15 });
    expect(floor(600, { heap: 400 }).verdict).toBe('healthy');
  });

  it('is recycled before the limit, at any speed and from any start, if V8 collects half-way at the latest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0.05, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (startMegabytes, megabytesPerSecond, haste) => {
          const { floor } = judge({ rssLimitBytes: 4000 * MB });
          let heap = startMegabytes;
          let verdict = 'healthy';
          while (verdict !== 'recycle' && heap < 511) {
            verdict = floor((heap - startMegabytes) / megabytesPerSecond, { heap }).verdict;
            heap += Math.min(((512 - heap) / 2) * haste, heap / 2);
          }
          expect(verdict).toBe('recycle');
        },
      ),
    );
  });
});

describe('a heap that does not leak', () => {
  it('is healthy with a cache that fills 300 MB and stays', () => {
    const { floor, sample } = judge();
    for (let second = 0; second < 300; second += 1) {
      const heap = 30 + Math.min(300, second * 50);
      expect(floor(second, { heap, rss: heap + 200 }).verdict).toBe('healthy');
      expect(sample(second + 0.5, { heap: heap + (512 - heap) / 2, rss: 600 }).verdict).toBe('healthy');
    }
  });

  it('is never recycled below 85 % if its floor stands still, give or take a tenth of the limit', () => {
    const floors = fc.array(fc.tuple(fc.integer({ min: 100, max: 60_000 }), fc.integer({ min: 0, max: 50 })));
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 384 }), floors, (base, steps) => {
        const { floor } = judge({ rssLimitBytes: 4000 * MB });
        let ms = 0;
        for (const [gapMs, extra] of steps) {
          ms += gapMs;
          expect(floor(ms / 1000, { heap: base + extra }).verdict).not.toBe('recycle');
        }
      }),
    );
  });

  it('survives a burst to 90 % that is gone five seconds later', () => {
    const { floor } = judge();
    for (let second = 0; second < 10; second += 1) floor(second, { heap: 300 });
    floor(10, { heap: 445 });
    floor(14.9, { heap: 445 });
    expect(floor(15, { heap: 300 }).verdict).toBe('healthy');
  });
});

describe('a floor that stands too high', () => {
  it('is a reason after five seconds at 85 %', () => {
    const { floor } = judge();
    expect(floor(0, { heap: 436 }).verdict).toBe('healthy');
    expect(floor(4.9, { heap: 436 }).verdict).toBe('healthy');
    expect(floor(5, { heap: 436 })).toMatchObject({
      verdict: 'recycle',
      reason: 'The heap keeps 436 MB after each collection, 85 % of its limit of 512 MB.',
    });
  });

  it('is a reason at once at 92 %', () => {
    expect(judge().floor(0, { heap: 472 }).verdict).toBe('recycle');
  });

  it('is no reason while nothing is collected, whatever the heap holds', () => {
    const { floor, sample } = judge();
    floor(0, { heap: 300 });
    for (let second = 1; second < 60; second += 1) {
      expect(sample(second, { heap: 511, rss: 600 })).toMatchObject({
        verdict: 'strained',
        heapFloorBytes: 300 * MB,
      });
    }
  });
});

describe('the resident set', () => {
  it('is a reason after five seconds above its limit', () => {
    const { sample } = judge();
    sample(0, { rss: 710, external: 500 });
    expect(sample(4, { rss: 720, external: 500 }).verdict).toBe('strained');
    expect(sample(5, { rss: 730, external: 500 })).toMatchObject({
      verdict: 'recycle',
      reason:
        'The resident set is 730 MB (heap 50 MB, Buffers and the like 500 MB), above its limit of 700 MB for 5 seconds.',
    });
  });

  it('stays strained until it is replaced, or until there is room again', () => {
    const { sample } = judge();
    sample(0, { rss: 710 });
    expect(sample(5, { rss: 720 })).toMatchObject({ verdict: 'recycle', isStrained: true });
    expect(sample(6, { rss: 500 })).toMatchObject({ verdict: 'recycle', isStrained: false });
  });

  it('never is after a burst that is shorter, however high', () => {
    const burst = fc.tuple(
      fc.array(fc.integer({ min: 700, max: 9000 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 60, max: 699 }),
    );
    fc.assert(
      fc.property(fc.array(burst), (bursts) => {
        const { sample } = judge();
        let second = 0;
        for (const rss of bursts.flatMap(([high, low]) => [...high, low])) {
          expect(sample(second++, { rss }).verdict).not.toBe('recycle');
        }
      }),
    );
  });

  it('is a reason at once where the container is nearly full', () => {
    const { sample } = judge({ rssHardLimitBytes: 512 * MB, rssLimitBytes: 410 * MB });
    expect(sample(0, { rss: 486 }).verdict).toBe('strained');
    expect(sample(1, { rss: 487 })).toMatchObject({
      verdict: 'recycle',
      reason:
        'The resident set is 487 MB (heap 50 MB, Buffers and the like 5 MB), 95 % of the 512 MB that the container has for it.',
    });
  });

  it('is a reason before its limit if collections leave ever more Buffers', () => {
    const { floor } = judge();
    let second = 0;
    while (floor(second, { external: 5 + second * 50 }).verdict === 'healthy') second += 1;
    expect(floor(second, {})).toMatchObject({
      reason:
        'The resident set is 515 MB (heap 50 MB, Buffers and the like 405 MB), and what is kept after each collection grows by 3000 MB a minute; it would reach its limit of 700 MB in 3.7 seconds.',
    });
  });

  it('is none if it is large because of garbage while little is held', () => {
    const { floor } = judge();
    for (let second = 0; second < 8; second += 1) {
      expect(floor(second, { heap: 30 + second * 40, rss: 90 + second * 80 }).verdict).toBe('healthy');
    }
  });
});

describe('verdicts', () => {
  it('do not go back and forth within the band between strain and its end', () => {
    const within = fc.array(
      fc.record({ heap: fc.integer({ min: 400, max: 460 }), rss: fc.integer({ min: 596, max: 664 }) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(fc.boolean(), within, (beginsStrained, samples) => {
        const { sample } = judge();
        sample(0, beginsStrained ? { heap: 470, rss: 670 } : { heap: 100, rss: 200 });
        const verdicts = samples.map((each, index) => sample(index + 1, each).verdict);
        expect(new Set(verdicts)).toEqual(new Set([beginsStrained ? 'strained' : 'healthy']));
      }),
    );
  });

  it('become healthy again below the band', () => {
    const { sample } = judge();
    expect(sample(0, { heap: 461, rss: 600 })).toMatchObject({
      verdict: 'strained',
      reason: 'The heap holds 461 MB, 90 % of its limit of 512 MB.',
    });
    expect(sample(1, { heap: 399, rss: 665 })).toMatchObject({
      reason: 'The resident set is 665 MB, 95 % of its limit of 700 MB.',
    });
    expect(sample(2, { heap: 399, rss: 594 }).verdict).toBe('healthy');
  });

  it('have a reason exactly if they are not healthy, and recycle is never taken back', () => {
    const step = fc.record({
      heap: fc.integer({ min: 1, max: 512 }),
      rss: fc.integer({ min: 1, max: 900 }),
      isFloor: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { subject, sample, floor } = judge();
        for (const [second, { isFloor, ...megabytes }] of steps.entries()) {
          const before = subject.judgement.verdict;
          const { verdict, reason } = (isFloor ? floor : sample)(second, megabytes);
          expect(reason === null).toBe(verdict === 'healthy');
          if (before === 'recycle') expect(verdict).toBe('recycle');
        }
      }),
    );
  });
});

describe('a collection', () => {
  it('is wanted if the resident set is large and it may be garbage', () => {
    const { subject, floor } = judge();
    expect(subject.needsCollection(at(0, { rss: 594 }))).toBe(false);
    expect(subject.needsCollection(at(0, { rss: 595 }))).toBe(true);
    floor(0, { heap: 100 });
    expect(subject.needsCollection(at(2.9, { heap: 300, rss: 650 }))).toBe(false);
    expect(subject.needsCollection(at(3, { heap: 300, rss: 650 }))).toBe(true);
    expect(subject.needsCollection(at(3, { heap: 169, rss: 650 }))).toBe(false);
  });

  it('is wanted if the heap may have grown towards its limit since the latest', () => {
    const { subject, floor } = judge();
    for (let second = 0; second <= 6; second += 1) floor(second, { heap: 30 + second * 40 });
    expect(subject.needsCollection(at(7, { heap: 400 }))).toBe(true);
    expect(subject.needsCollection(at(6.3, { heap: 400 }))).toBe(false);
    expect(subject.needsCollection(at(7, { heap: 360 }))).toBe(false);
  });

  it('is not wanted while the floor stands still, or once the worker is to be replaced', () => {
    const { subject, floor } = judge();
    for (let second = 0; second < 10; second += 1) floor(second, { heap: 300 });
    expect(subject.needsCollection(at(20, { heap: 430 }))).toBe(false);
    floor(20, { heap: 500 });
    expect(subject.needsCollection(at(30, { rss: 800 }))).toBe(false);
  });
});
