import fc from 'fast-check';
import { medianSlope, threateningRise, type Point } from './rise.js';

function pointsOf(values: readonly number[], everyMs = 1000): Point[] {
  return values.map((bytes, index) => ({ atMs: index * everyMs, bytes }));
}

function noise(most: number) {
  return fc.array(fc.integer({ min: 0, max: most }), { minLength: 5, maxLength: 40 });
}

describe('the median slope', () => {
  it('is unknown for four points', () => {
    expect(medianSlope(pointsOf([1, 2, 3, 4]))).toBeNull();
  });

  it('is not bent by one wild point in five', () => {
    expect(medianSlope(pointsOf([0, 1000, 999_999, 3000, 4000]))).toBeCloseTo(1, 0);
  });
});

describe('a threatening rise', () => {
  it('is steady growth that has gained what is left, at its rate', () => {
    expect(threateningRise(pointsOf([0, 10, 20, 30, 40, 50]), 50)).toEqual({
      bytesPerMs: 0.01,
      roseBytes: 50,
    });
  });

  it('is none as long as more is left than it has gained', () => {
    expect(threateningRise(pointsOf([0, 10, 20, 30, 40, 50]), 51)).toBeNull();
  });

  it('is seen although it follows a long rest', () => {
    const rest = Array.from({ length: 30 }, () => 10);
    const rise = threateningRise(pointsOf([...rest, 30, 50, 70, 90, 110, 130, 150, 170]), 100);
    expect(rise?.bytesPerMs).toBeCloseTo(0.02);
  });

  it('is none if it slows down', () => {
    expect(threateningRise(pointsOf([0, 40, 70, 85, 92, 95, 96, 97, 97.5, 98]), 20)).toBeNull();
  });

  it('is none in less than two seconds', () => {
    expect(threateningRise(pointsOf([0, 10, 20, 30, 40], 499), 10)).toBeNull();
    expect(threateningRise(pointsOf([0, 10, 20, 30, 40], 500), 10)).not.toBeNull();
  });

  it('is never found in noise smaller than what is left', () => {
    fc.assert(
      fc.property(noise(100), (values) => {
        expect(threateningRise(pointsOf(values), 101)).toBeNull();
      }),
    );
  });

  it('is always found in growth with noise of a tenth of a step', () => {
    fc.assert(
      fc.property(noise(10), (values) => {
        const rising = values.map((each, index) => index * 100 + each);
        expect(threateningRise(pointsOf(rising), (values.length - 2) * 90)).not.toBeNull();
      }),
    );
  });
});
