import fc from 'fast-check';
import { toIsbn13 } from './isbn.js';

describe('toIsbn13', () => {
  it.each([
    ['978-0-306-40615-7', '9780306406157'],
    ['0-306-40615-2', '9780306406157'],
    ['080442957X', '9780804429573'],
    ['9798886451740', '9798886451740'],
  ])('reads %s', (text, isbn) => {
    expect(toIsbn13(text)).toBe(isbn);
  });

  it.each(['978-0-306-40615-8', '0-306-40615-3', '030640615', '97803064061570', 'X', '', '97803064061 57x'])(
    'refuses %j',
    (text) => {
      expect(toIsbn13(text)).toBeUndefined();
    },
  );

  it('refuses every ISBN-13 with one digit changed', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), digit, (place, value) => {
        const valid = '9780306406157';
        const changed = `${valid.slice(0, place)}${value}${valid.slice(place + 1)}`;
        expect(toIsbn13(changed)).toBe(changed === valid ? valid : undefined);
      }),
    );
  });
});
