import { AwakeClock } from './awake-clock.js';

let nowMs: number;
let clock: AwakeClock;
beforeEach(() => {
  nowMs = 5000;
  clock = new AwakeClock(() => nowMs);
});

describe('the clock that silence is measured by', () => {
  it('goes on between two looks', () => {
    nowMs += 700;
    expect(clock.now()).toBe(700);
    clock.tick();
    nowMs += 900;
    expect(clock.now()).toBe(1600);
  });

  it('stands still while the machine is suspended, so that nobody is killed for what nobody asked', () => {
    nowMs += 1000;
    clock.tick();
    nowMs += 8 * 3_600_000;
    expect(clock.now()).toBe(2500);
    clock.tick();
    nowMs += 1000;
    expect(clock.now()).toBe(3500);
  });
});
