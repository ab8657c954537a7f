import fc from 'fast-check';
import { parseLifespan } from './lifespan.js';

describe('parseLifespan', () => {
  it.each([
    ['1743-1826', 1743, 1826],
    ['1957-', 1957, null],
    ['-1468', null, 1468],
    ['-1204?', null, 1204],
    ['1585?-', 1585, null],
    ['1814?-1884', 1814, 1884],
    ['1842-1914?', 1842, 1914],
    ['1146?-1223?', 1146, 1223],
    ['38?-100?', 38, 100],
    ['39-65', 39, 65],
    ['621? BCE-565? BCE', -621, -565],
    ['432 BCE-351? BCE', -432, -351],
    ['496? BCE-407 BCE', -496, -407],
    ['100 BCE-44 BCE', -100, -44],
    ['78? BCE-7? BCE', -78, -7],
    ['5? BCE-65', -5, 65],
    ['-646 BCE', null, -646],
    ['70-19 B.C.', -70, -19],
  ])('reads %s', (text, bornYear, diedYear) => {
    expect(parseLifespan(text)).toEqual({ bornYear, diedYear });
  });

  it.each([
    'active 12th century',
    'active 3rd century B.C.',
    'active 317-322',
    'active 150 B.C.',
    'active 1566',
  ])('takes "%s" for dates that say nothing of birth and death', (text) => {
    expect(parseLifespan(text)).toEqual({ bornYear: null, diedYear: null });
  });

  it.each(['', '-', 'Jr.', 'Sir', '1984', 'active member', '17431-1826', 'IV', '12-13-14'])(
    'does not take "%s" for dates',
    (text) => {
      expect(parseLifespan(text)).toBeUndefined();
    },
  );

  it('reads back every pair of years however it is worded', () => {
    const year = fc.option(fc.integer({ min: -5000, max: 9999 }), { nil: null });
    fc.assert(
      fc.property(year, year, fc.boolean(), fc.boolean(), (bornYear, diedYear, bornUnsure, diedUnsure) => {
        fc.pre(bornYear !== null || diedYear !== null);
        fc.pre(bornYear === null || diedYear === null || bornYear <= diedYear);
        const text = `${word(bornYear, bornUnsure)}-${word(diedYear, diedUnsure)}`;
        expect(parseLifespan(text)).toEqual({ bornYear, diedYear });
      }),
    );
  });
});

function word(year: number | null, isUnsure: boolean): string {
  if (year === null) return '';
  return `${Math.abs(year)}${isUnsure ? '?' : ''}${year < 0 ? ' BCE' : ''}`;
}
