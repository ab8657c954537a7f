import fc from 'fast-check';
import { LineSplitter } from './line-splitter.js';

function split(...pieces: readonly (string | Buffer)[]): string[] {
  const splitter = new LineSplitter();
  return [...pieces.flatMap((piece) => splitter.push(Buffer.from(piece))), ...splitter.end()];
}

describe('the lines of a file', () => {
  it('are the bytes between the line feeds, in whatever pieces they are read', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (pieces) => {
        const bytes = Buffer.concat(pieces);
        const expected = bytes.toString('latin1').split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(split(...pieces.map((piece) => Buffer.from(piece)))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('are cut, visibly, when they are longer than 1 MiB, and those behind are whole', () => {
    const mebibyte = 1024 * 1024;
    const [long, next, ...none] = split('x'.repeat(mebibyte - 1), 'yz'.repeat(100), 'z\nnext\n');
    expect(long).toBe(`${'x'.repeat(mebibyte - 1)}y[and 200 bytes more]`);
    expect([next, none]).toEqual(['next', []]);
  });
});
