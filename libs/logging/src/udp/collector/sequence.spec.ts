import fc from 'fast-check';
import { Sequence, type Gap } from './sequence.js';

function gapOf(sequence: Sequence): Gap | undefined {
  let told: Gap | undefined;
  sequence.tellGap((gap) => {
    told = gap;
    return true;
  });
  return told;
}

describe('the sequence of a sender', () => {
  it('has no gap while every number arrives', () => {
    const sequence = new Sequence();
    for (const number of [1, 2, 3]) sequence.arrived(number);
    sequence.giveUpTo(3);
    expect(gapOf(sequence)).toBeUndefined();
  });

  it('waits for a number that others overtook', () => {
    const sequence = new Sequence();
    for (const number of [1, 3, 2, 4]) {
      expect(sequence.expects(number)).toBe(true);
      sequence.arrived(number);
    }
    sequence.giveUpTo(4);
    expect(sequence.lost).toBe(0);
  });

  it('gives a number up once 64 later ones were sent', () => {
    const sequence = new Sequence();
    sequence.sent(1);
    for (let number = 2; number <= 64; number += 1) sequence.arrived(number);
    expect(sequence.expects(1)).toBe(true);
    sequence.arrived(65);
    expect(sequence.expects(1)).toBe(false);
    expect(gapOf(sequence)).toEqual({ first: 1, last: 1, lines: 1 });
  });

  it('does not expect what arrived or was given up', () => {
    const sequence = new Sequence();
    sequence.arrived(2);
    sequence.giveUpTo(1);
    expect([1, 2, 3].map((number) => sequence.expects(number))).toEqual([false, false, true]);
  });

  it('knows of the last lines through what their sender says', () => {
    const sequence = new Sequence();
    sequence.arrived(1);
    sequence.sent(3);
    sequence.giveUpTo(3);
    expect(gapOf(sequence)).toEqual({ first: 2, last: 3, lines: 2 });
  });

  it('tells several gaps as one, once, and again only if it could not be told', () => {
    const sequence = new Sequence();
    for (const number of [2, 5]) sequence.arrived(number);
    sequence.giveUpTo(5);
    sequence.tellGap(() => false);
    expect(gapOf(sequence)).toEqual({ first: 1, last: 4, lines: 3 });
    expect(gapOf(sequence)).toBeUndefined();
  });

  it('spans a gap of any width at once', () => {
    const sequence = new Sequence();
    sequence.arrived(Number.MAX_SAFE_INTEGER);
    sequence.giveUpTo(Number.MAX_SAFE_INTEGER);
    expect(sequence.lost).toBe(Number.MAX_SAFE_INTEGER - 1);
  });

  it('accounts for every number exactly once, whatever is lost, doubled or late', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 400 });
    fc.assert(
      fc.property(arrivals, fc.array(fc.nat(300)), (numbers, ticks) => {
        const sequence = new Sequence();
        const accepted: number[] = [];
        let told = 0;
        for (const [at, number] of numbers.entries()) {
          if (sequence.expects(number)) {
            sequence.arrived(number);
            accepted.push(number);
          }
          if (ticks.includes(at)) {
            sequence.giveUpTo(number);
            told += gapOf(sequence)?.lines ?? 0;
          }
        }
        sequence.sent(300);
        sequence.giveUpTo(300);
        told += gapOf(sequence)?.lines ?? 0;
        expect(new Set(accepted).size).toBe(accepted.length);
        expect(accepted.length + told).toBe(300);
        expect(told).toBe(sequence.lost);
      }),
      { numRuns: 300 },
    );
  });
});
