import { jest } from '@jest/globals';
import { AwakeClock } from './awake-clock.js';
import { ObservedProcess } from './observed-process.js';

const HOUR_MS = 3_600_000;
const NOW = 1_800_000_000_000;

let wallMs: number;
let monotonicMs: number;
let clock: AwakeClock;
beforeEach(() => {
  wallMs = NOW;
  monotonicMs = 0;
  clock = new AwakeClock(() => monotonicMs);
  jest.spyOn(Date, 'now').mockImplementation(() => wallMs);
});
afterEach(() => jest.restoreAllMocks());

function seen(startedAtMs: number): ObservedProcess {
  return new ObservedProcess({ service: 's', doorFolder: '/nowhere', pmId: 0, pid: 1, startedAtMs, clock });
}

function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 1000) {
    monotonicMs += 1000;
    wallMs += 1000;
    clock.tick();
  }
}

describe('the age of a process', () => {
  it('is what pm2 said when it was first seen, and the time since', () => {
    const process = seen(NOW - 5_000);
    pass(3_000);
    expect(process.ageMs).toBe(8_000);
  });

  it.each([
    ['forward', HOUR_MS],
    ['back', -HOUR_MS],
  ])('does not change when the clock is set %s', (_how, byMs) => {
    const process = seen(NOW - 5_000);
    wallMs += byMs;
    pass(3_000);
    expect(process.ageMs).toBe(8_000);
  });

  it('is not less than nothing if the clock was set back between its start and the first look', () => {
    expect(seen(NOW + HOUR_MS).ageMs).toBe(0);
  });

  it('does not grow while the machine is suspended', () => {
    const process = seen(NOW);
    monotonicMs += HOUR_MS;
    clock.tick();
    expect(process.ageMs).toBe(1_500);
  });
});
