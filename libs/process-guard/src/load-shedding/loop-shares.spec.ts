import fc from 'fast-check';
import { FakeLoop } from '../event-loop/fake-loop.fixture.js';
import { LoopShares } from './loop-shares.js';

let loop: FakeLoop;
let shares: LoopShares;
beforeEach(() => {
  loop = new FakeLoop();
  shares = new LoopShares(loop);
});

/** Begins as many as there is room for. @returns the functions that end them */
function fill(workMs: number): (() => void)[] {
  const ends: (() => void)[] = [];
  while (shares.hasRoom(workMs)) ends.push(shares.take());
  return ends;
}

describe('the loop', () => {
  it.each([
    [1, 100],
    [6, 17],
    [20, 5],
    [500, 4],
  ])(
    'has room for what is done in a tenth of a second, and for four at least: of %d ms, %d',
    (workMs, most) => {
      expect(fill(workMs)).toHaveLength(most);
    },
  );

  it('has room for one more with each that is over', () => {
    const ends = fill(20);
    for (const end of ends.slice(0, 3)) {
      end();
      expect(fill(20)).toHaveLength(1);
    }
  });

  it('does not count those who were begun before it was idle, neither when they are over', () => {
    const ends = fill(20);
    loop.work(50);
    expect(shares.hasRoom(20)).toBe(false);
    loop.rest(0.1);
    expect(fill(20)).toHaveLength(5);
    for (const end of ends) end();
    expect(shares.hasRoom(20)).toBe(false);
  });

  it('counts nobody for longer than a second, so that nobody waits for what does not end', () => {
    fill(20);
    loop.work(999);
    expect(shares.hasRoom(20)).toBe(false);
    loop.work(1);
    expect(fill(20)).toHaveLength(5);
  });

  it('has room again whatever happened, once it was idle or a second is over', () => {
    const step = fc.record({
      begun: fc.nat(50),
      ended: fc.nat(50),
      workMs: fc.integer({ min: 1, max: 300 }),
      restMs: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, rests) => {
        const ends: (() => void)[] = [];
        for (const { begun, ended, workMs, restMs } of steps) {
          for (let index = 0; index < begun; index += 1) ends.push(shares.take());
          for (const end of ends.splice(0, ended)) end();
          loop.work(workMs);
          loop.rest(restMs);
          shares.hasRoom(workMs);
        }
        if (rests) loop.rest(1);
        else loop.work(1000);
        expect(shares.hasRoom(1000)).toBe(true);
      }),
    );
  });
});
