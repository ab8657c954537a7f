import { setImmediate as nextTurn } from 'node:timers/promises';
import { FakeLoop } from './fake-loop.fixture.js';
import { startLoopClock, type Stall } from './loop-clock.js';

let loop: FakeLoop;
beforeEach(() => {
  loop = new FakeLoop();
});

describe('the lag', () => {
  it('is zero as long as the beats are on time', () => {
    const clock = startLoopClock({}, loop);
    for (let ms = 0; ms < 100; ms += 1) {
      loop.rest(1);
      expect(clock.lagMs()).toBe(0);
    }
  });

  it('grows in the middle of a long turn, from the moment when the beat was due', () => {
    const clock = startLoopClock({}, loop);
    loop.rest(25);
    loop.work(15);
    expect(clock.lagMs()).toBe(0);
    loop.work(1);
    expect(clock.lagMs()).toBe(1);
    loop.work(99);
    expect(clock.lagMs()).toBe(100);
  });

  it('is over with the next beat', () => {
    const clock = startLoopClock({}, loop);
    loop.work(500);
    loop.turn();
    expect(clock.lagMs()).toBe(0);
  });
});

describe('the window', () => {
  it('is empty until the first second is over, and stays as it is until the next is', () => {
    const clock = startLoopClock({}, loop);
    loop.beBusy(980);
    expect(clock.window).toEqual({ utilization: 0, delayP99Ms: 0 });
    loop.beBusy(20);
    const first = clock.window;
    expect(first).toEqual({ utilization: 1, delayP99Ms: expect.closeTo(0, 2) });
    loop.rest(980);
    expect(clock.window).toBe(first);
    loop.rest(20);
    expect(clock.window.utilization).toBe(0);
  });

  it('tells how much of its second the loop was busy', () => {
    const clock = startLoopClock({}, loop);
    for (let ms = 0; ms < 1000; ms += 20) {
      loop.work(5);
      loop.rest(15);
    }
    expect(clock.window.utilization).toBeCloseTo(0.25, 5);
  });

  it('counts each second anew', () => {
    const clock = startLoopClock({}, loop);
    loop.rest(1000);
    loop.beBusy(1000);
    expect(clock.window.utilization).toBe(1);
  });

  it('shows stalls in the second in which they ended, and only there', () => {
    const clock = startLoopClock({}, loop);
    loop.rest(100);
    loop.beBusy(820, 410);
    loop.rest(80);
    // Three significant digits are kept.
    expect(Math.round(clock.window.delayP99Ms)).toBe(390);
    expect(clock.window.utilization).toBeCloseTo(0.82, 5);
    loop.rest(1000);
    expect(clock.window.delayP99Ms).toBeLessThan(1);
  });
});

describe('a stall', () => {
  let stalls: Stall[];
  beforeEach(() => {
    stalls = [];
    startLoopClock({ onStall: (stall) => stalls.push(stall) }, loop);
    loop.rest(20);
  });

  it('is told of when it is over, if the beat was more than 100 ms late', () => {
    loop.work(120);
    loop.turn();
    expect(stalls).toEqual([]);
    loop.work(121);
    expect(stalls).toEqual([]);
    loop.turn();
    expect(stalls).toEqual([{ stalledForMs: 101, cpuMs: 121 }]);
  });

  it('of 150 ms is told of, also of a process that rests and beats seldom', () => {
    loop.rest(2000);
    loop.work(150);
    loop.turn();
    expect(stalls).toHaveLength(1);
  });

  it('tells by its processor time whether the process worked', () => {
    loop.suspend(5000);
    loop.turn();
    loop.block(1000);
    loop.turn();
    loop.work(1000);
    loop.turn();
    expect(stalls).toEqual([
      { stalledForMs: 4980, cpuMs: 0 },
      { stalledForMs: 980, cpuMs: 0 },
      { stalledForMs: 980, cpuMs: 1000 },
    ]);
  });
});

describe('the beats', () => {
  it('reach onBeat and every listener, until the listener is taken away', () => {
    const heard: string[] = [];
    const clock = startLoopClock({ onBeat: () => heard.push('onBeat') }, loop);
    const remove = clock.everyBeat(() => heard.push('first'));
    clock.everyBeat(() => heard.push('second'));
    loop.rest(20);
    expect(heard).toEqual(['onBeat', 'first', 'second']);
    remove();
    loop.rest(20);
    expect(heard.slice(3)).toEqual(['onBeat', 'second']);
  });

  it('come every 20 ms, every 50 after a second of rest, and every 20 again after a second of work', () => {
    let beats = 0;
    startLoopClock({ onBeat: () => (beats += 1) }, loop);
    const beatsIn = (pass: () => void) => {
      const before = beats;
      pass();
      return beats - before;
    };
    expect(beatsIn(() => loop.rest(1000))).toBe(50);
    expect(beatsIn(() => loop.rest(1000))).toBe(20);
    loop.beBusy(1000);
    expect(beatsIn(() => loop.rest(1000))).toBe(50);
  });

  it('come more often as soon as one is late', () => {
    let beats = 0;
    startLoopClock({ onBeat: () => (beats += 1) }, loop);
    loop.rest(1500);
    loop.work(200);
    loop.turn();
    const before = beats;
    loop.rest(20);
    expect(beats - before).toBe(1);
  });

  it('end when the clock is stopped', () => {
    const clock = startLoopClock({ onBeat: () => expect(loop.isBeating).toBe(true) }, loop);
    loop.rest(40);
    clock.stop();
    expect(loop.isBeating).toBe(false);
  });
});

describe('on a real event loop', () => {
  it('sees a turn that takes long while it lasts, and its processor time afterwards', async () => {
    let onStall: (stall: Stall) => void = () => undefined;
    const told = new Promise<Stall>((resolve) => {
      onStall = resolve;
    });
    const clock = startLoopClock({ onStall });
    const beat = new Promise<void>((resolve) => clock.everyBeat(resolve));
    const keepAlive = setInterval(() => undefined, 10);
    await beat;
    await nextTurn();
    const endsAt = performance.now() + 250;
    while (performance.now() < endsAt);
    expect(clock.lagMs()).toBeGreaterThan(200);
    const { stalledForMs, cpuMs } = await told;
    expect(stalledForMs).toBeGreaterThan(200);
    expect(cpuMs).toBeGreaterThan(0);
    clearInterval(keepAlive);
    clock.stop();
  });

  it('does not keep the process alive, and leaves no timer behind', () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const clock = startLoopClock();
    // Node lists only what keeps the process alive.
    expect(timers()).toBe(before);
    clock.stop();
  });
});
