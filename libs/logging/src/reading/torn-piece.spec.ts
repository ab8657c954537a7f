import fc from 'fast-check';
import { apartFromTornPiece } from './torn-piece.js';

const LINE = '{"time":"2026-11-21T18:00:00.123Z","level":"info","message":"whole"}';

describe('a piece of a line that a killed process left', () => {
  it('is told apart from the line of another process behind it, wherever it was torn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LINE.length - 1 }), (end) => {
        const piece = LINE.slice(0, end);
        expect(apartFromTornPiece(piece + LINE)).toEqual([piece, LINE]);
      }),
    );
  });

  it.each([
    ['a whole line', LINE],
    ['a whole line with such an object in a field', '{"time":"2026-11-21","book":{"time":"now"}}'],
    ['a torn line with such an object in a field', '{"time":"2026-11-21","book":{"time":"now"}'],
    ['a text', 'GET /?q={"time":"'],
    ['an empty line', ''],
  ])('is not seen in %s', (_what, line) => {
    expect(apartFromTornPiece(line)).toEqual([line]);
  });
});
