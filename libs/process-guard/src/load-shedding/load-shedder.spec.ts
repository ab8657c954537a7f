import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { FakeLoop } from '../event-loop/fake-loop.fixture.js';
import { startLoopClock } from '../event-loop/loop-clock.js';
import { LoadShedder } from './load-shedder.js';

const MAX_WAIT_MS = 100;
const BURST_WAIT_MS = 200;

class Scene {
  readonly loop = new FakeLoop();
  readonly clock = startLoopClock({}, this.loop);
  /** Requests that are begun whose answer has not begun. */
  pending = 0;
  readonly shedder = new LoadShedder(this.clock, () => this.pending, { maxWaitMs: MAX_WAIT_MS });

  shouldShed(inFlight: number, queued = 0): boolean {
    return this.shedder.judge(inFlight, queued) === 'shed';
  }

  /** Whether a request must wait for a later turn. */
  get isBusy(): boolean {
    return this.shedder.judge(0) === 'queue';
  }

  /** Is saturated, completing requests of this much work each, with so many in flight. */
  saturate(ms: number, workMs: number, inFlight = 0): void {
    for (let passedMs = 0; passedMs < ms; passedMs += workMs) {
      this.shouldShed(inFlight);
      this.loop.work(workMs);
      this.shedder.noteCompletion();
      this.loop.turn();
    }
  }

  /** Is at work for that share of each beat, with so many in flight. */
  amble(ms: number, share: number, inFlight: number): void {
    for (let passedMs = 0; passedMs < ms; passedMs += 20) {
      this.shouldShed(inFlight);
      this.loop.work(20 * share);
      this.loop.rest(20 * (1 - share));
    }
  }
}

let scene: Scene;
beforeEach(() => {
  Logger.overrideLogger(false);
  scene = new Scene();
});

describe('a loop that has room', () => {
  it('lets everybody in, however many are in flight', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ share: fc.double({ min: 0, max: 0.9, noNaN: true }), inFlight: fc.nat(100_000) }),
          {
            maxLength: 50,
          },
        ),
        (parts) => {
          for (const { share, inFlight } of parts) scene.amble(20, share, inFlight);
          expect(scene.shouldShed(100_000)).toBe(false);
          expect(scene.shedder.state).toEqual({ shedding: false, reason: null, shedCount: 0 });
        },
      ),
    );
  });

  it('lets a burst wait for twice as long as a standing load may wait, counting those not begun yet', () => {
    // Nothing is known yet, so that a request is taken for 1 ms of work.
    expect(scene.shouldShed(1000, BURST_WAIT_MS)).toBe(false);
    expect(scene.shouldShed(1000, BURST_WAIT_MS + 1)).toBe(true);
  });

  it.each([
    ['had no processor', () => scene.loop.block(8000)],
    ['was suspended', () => scene.loop.suspend(8000)],
    ['did something else', () => scene.loop.work(8000)],
  ])('serves who comes at the end of a long turn in which the process %s', (_what, passTime) => {
    passTime();
    expect(scene.shouldShed(0)).toBe(false);
    expect(scene.shouldShed(1000, BURST_WAIT_MS)).toBe(false);
  });

  it('lets all in who came while the process was stopped in the middle of its work', () => {
    scene.amble(1000, 0.5, 1);
    scene.shedder.noteCompletion();
    scene.shouldShed(3);
    scene.loop.block(6000);
    scene.loop.turn();
    for (let queued = 0; queued < 150; queued += 1) expect(scene.shouldShed(3, queued)).toBe(false);
  });

  it('does not hold a single long turn against the next requests', () => {
    scene.loop.rest(200);
    scene.loop.work(1000);
    scene.loop.turn();
    expect(scene.shouldShed(1.5 * MAX_WAIT_MS)).toBe(false);
  });
});

describe('a saturated loop', () => {
  it.each([2, 5, 10])('sheds what would wait more than the limit for work of %d ms each', (workMs) => {
    scene.saturate(3000, workMs);
    const fit = MAX_WAIT_MS / workMs;
    expect(scene.shouldShed(Math.floor(fit * 0.9))).toBe(false);
    expect(scene.shouldShed(Math.ceil(fit * 1.1))).toBe(true);
  });

  it('does not count the time for which this turn has lasted, because nobody is going to wait for it', () => {
    scene.saturate(2000, 5);
    scene.loop.work(10 * MAX_WAIT_MS);
    expect(scene.shouldShed(18)).toBe(false);
    expect(scene.shouldShed(22)).toBe(true);
  });

  it('does not count those who wait for something else', () => {
    scene.amble(500, 0.5, 0);
    scene.amble(500, 0.5, 5000);
    scene.saturate(1000, 5, 5010);
    expect(scene.shouldShed(5010)).toBe(false);
    expect(scene.shouldShed(5030)).toBe(true);
  });

  it('forgets those who waited for something else once they are gone', () => {
    scene.amble(500, 0.5, 5000);
    scene.saturate(1100, 5, 0);
    expect(scene.shouldShed(50)).toBe(true);
  });

  it('always lets one in, so that it can never starve itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 2000 }), fc.integer({ min: 1, max: 400 }), (ms, workMs) => {
        const one = new Scene();
        one.saturate(ms, workMs, 1000);
        // The window is closed and the lag over: only those in flight count.
        one.loop.turn();
        expect(one.shouldShed(0)).toBe(false);
      }),
    );
  });

  it('sheds all the more, the more are in flight', () => {
    const history = { ms: fc.integer({ min: 0, max: 2000 }), workMs: fc.integer({ min: 1, max: 50 }) };
    fc.assert(
      fc.property(
        fc.record({ ...history, turnMs: fc.nat(400), few: fc.nat(200), more: fc.nat(200) }),
        ({ ms, workMs, turnMs, few, more }) => {
          const [withFew, withMore] = [few, few + more].map((inFlight) => {
            const one = new Scene();
            one.saturate(ms, workMs);
            one.loop.work(turnMs);
            return one.shouldShed(inFlight);
          });
          expect(Number(withFew)).toBeLessThanOrEqual(Number(withMore));
        },
      ),
    );
  });

  it('lets everybody in again after one window in which the loop had room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 5000 }),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(10_000),
        (ms, workMs, inFlight) => {
          const one = new Scene();
          one.saturate(ms, workMs, inFlight);
          one.amble(220, 0.5, 0);
          expect(one.shouldShed(inFlight)).toBe(false);
        },
      ),
    );
  });

  it('begins requests one by one until it has room again', () => {
    expect(scene.isBusy).toBe(false);
    scene.saturate(120, 5);
    expect(scene.isBusy).toBe(true);
    scene.amble(220, 0.5, 0);
    expect(scene.isBusy).toBe(false);
    scene.loop.work(40);
    expect(scene.isBusy).toBe(true);
  });

  it('lets nobody overtake those who wait for a later turn, even if it has room again', () => {
    expect(scene.shedder.judge(0, 0)).toBe('begin');
    expect(scene.shedder.judge(0, 1)).toBe('queue');
  });

  it('learns within about a second that requests have become heavier', () => {
    scene.saturate(2000, 1);
    expect(scene.shouldShed(50)).toBe(false);
    scene.saturate(1500, 10);
    expect(scene.shouldShed(50)).toBe(true);
  });
});

describe('a strained memory', () => {
  beforeEach(() => {
    scene.shedder.memoryStrained = true;
  });

  it('begins ten at a time, and all who wait once it is over', () => {
    const { shedder } = scene;
    scene.pending = 9;
    expect([shedder.judge(9), shedder.roomInMs()]).toEqual(['begin', 0]);
    scene.pending = 10;
    expect([shedder.judge(10), shedder.roomInMs()]).toEqual(['queue', 20]);
    shedder.memoryStrained = false;
    expect([shedder.judge(10), shedder.roomInMs()]).toEqual(['begin', 0]);
    expect(shedder.state.shedCount).toBe(0);
  });

  it('does not count those whose answer has begun: a stream may never end', () => {
    scene.pending = 9;
    expect(scene.shedder.judge(1000)).toBe('begin');
  });

  it('lets two hundred wait', () => {
    scene.pending = 10;
    expect([scene.shedder.judge(10, 199), scene.shedder.judge(10, 200)]).toEqual(['queue', 'shed']);
    expect(scene.shedder.state).toEqual({ shedding: true, reason: 'the memory is strained', shedCount: 1 });
  });

  it('turns away who has waited for longer than one may for the loop, while there is no room', () => {
    const { shedder } = scene;
    expect(shedder.judgeWaiting(BURST_WAIT_MS + 1)).toBe(false);
    scene.pending = 10;
    expect(shedder.judgeWaiting(BURST_WAIT_MS)).toBe(false);
    expect(shedder.judgeWaiting(BURST_WAIT_MS + 1)).toBe(true);
    expect(shedder.state).toEqual({ shedding: true, reason: 'the memory is strained', shedCount: 1 });
    shedder.memoryStrained = false;
    expect(shedder.judgeWaiting(BURST_WAIT_MS + 1)).toBe(false);
  });

  it.each([
    [9, 'the event loop is saturated'],
    [10, 'the memory is strained'],
  ])('with %d in hand, where the loop cannot do all who wait, the reason is: %s', (pending, reason) => {
    const WORK_MS = 5;
    scene.saturate(500, WORK_MS);
    scene.loop.rest(300);
    scene.pending = pending;
    expect(scene.shedder.judge(pending, (2 * BURST_WAIT_MS) / WORK_MS)).toBe('shed');
    expect(scene.shedder.state.reason).toBe(reason);
  });

  it('does not make requests look heavier than they are', () => {
    scene.shedder.memoryStrained = false;
    scene.saturate(500, 5);
    scene.shedder.memoryStrained = true;
    for (let second = 0; second < 20; second += 1) {
      scene.shouldShed(0, 10);
      scene.loop.beBusy(1000);
    }
    scene.shedder.memoryStrained = false;
    expect(scene.shouldShed(15)).toBe(false);
  });
});

describe('the shedder', () => {
  it('logs when shedding begins, and when it has been over for ten seconds', () => {
    const lines: unknown[] = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(line));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: unknown) => void lines.push(line));
    scene.saturate(1000, 5);
    scene.shouldShed(40);
    expect(lines).toEqual([
      {
        message: 'shedding load, because the event loop is saturated',
        reason: 'the event loop is saturated',
        waitMs: expect.closeTo(200, -2),
      },
    ]);
    scene.loop.rest(10_000);
    expect(lines.slice(1)).toEqual([expect.objectContaining({ shed: 1 })]);
  });

  it('says how much was shed when it is stopped, and does not listen to the clock any more', () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const log = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    scene.saturate(1000, 5);
    scene.shouldShed(40);
    scene.shedder.stop();
    expect(log.mock.calls).toEqual([[expect.objectContaining({ shed: 1 })]]);
    scene.loop.rest(1000);
    expect(scene.isBusy).toBe(true);
  });

  it.each([
    [{ maxWaitMs: 9 }, 'must be 10 to 60000, and is 9'],
    [{ maxWaitMs: 60_001 }, 'and is 60001'],
    [{ maxWaitMs: Number.NaN }, 'and is NaN'],
    [{ maxWaitMs: '100' as never }, 'and is 100'],
    [{ maxWaitMillis: 100 } as never, 'no option maxWaitMillis; it has maxWaitMs'],
  ])('refuses %p', (options, message) => {
    expect(() => new LoadShedder(scene.clock, () => 0, options)).toThrow(message);
  });
});
