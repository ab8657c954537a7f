import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { decodeCursor, encodeCursor } from './cursor.js';

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const id = fc.integer({ min: 1, max: 2_147_483_647 });

describe('a cursor', () => {
  it('comes back as the position that it was made of', () => {
    fc.assert(
      fc.property(text, id, text, (key, number, scope) => {
        expect(decodeCursor(encodeCursor([key, number], scope), scope, 2)).toEqual([key, number]);
      }),
    );
  });

  it('is refused for any other query', () => {
    fc.assert(
      fc.property(text, text, id, (scope, other, number) => {
        fc.pre(scope !== other);
        expect(decodeCursor(encodeCursor([number], scope), other, 1)).toBeUndefined();
      }),
    );
  });

  it('is refused after any change of one character', () => {
    const cursor = encodeCursor(['moby dick', 2701], 'books');
    fc.assert(
      fc.property(
        fc.nat(cursor.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (place, character) => {
          const changed = `${cursor.slice(0, place)}${character}${cursor.slice(place + 1)}`;
          fc.pre(changed !== cursor);
          expect(decodeCursor(changed, 'books', 2)).toBeUndefined();
        },
      ),
    );
  });

  it('is refused, and never thrown at, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => decodeCursor(any, 'books', 1) === undefined),
    );
  });

  it.each([
    ['["a"]'],
    ['[1,2]'],
    ['{"length":1}'],
    ['[1.5]'],
    ['[3000000000]'],
    ['[1e300]'],
    ['[0]'],
    ['[null]'],
    ['["a\\u0000",1]'],
    ['[[1],1]'],
    ['nonsense'],
  ])('is refused when somebody computed the checksum for %s', (json) => {
    const payload = Buffer.from(json).toString('base64url');
    const checksum = createHash('sha256').update(`books\n${payload}`).digest('base64url').slice(0, 11);
    expect(
      decodeCursor(`${payload}.${checksum}`, 'books', json.includes('"a\\u') || json.includes('[[') ? 2 : 1),
    ).toBeUndefined();
  });
});
