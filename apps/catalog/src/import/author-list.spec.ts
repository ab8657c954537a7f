import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseAuthors } from './author-list.js';
import type { Contribution } from './imported-book.js';

describe('parseAuthors', () => {
  it('reads names, dates and roles', () => {
    expect(parseAuthors('Aesop, 621? BCE-565? BCE; Townsend, George Fyler, 1814-1900 [Translator]')).toEqual([
      {
        author: {
          name: 'Aesop',
          bornYear: -621,
          diedYear: -565,
          lifespan: '621? BCE-565? BCE',
          identity: 'Aesop|621? BCE-565? BCE',
        },
        role: null,
      },
      {
        author: {
          name: 'Townsend, George Fyler',
          bornYear: 1814,
          diedYear: 1900,
          lifespan: '1814-1900',
          identity: 'Townsend, George Fyler|1814-1900',
        },
        role: 'Translator',
      },
    ]);
  });

  it.each([
    ['United States. Central Intelligence Agency', 'United States. Central Intelligence Agency', null, null],
    ['Augustine, Saint, Bishop of Hippo, 354-430', 'Augustine, Saint, Bishop of Hippo', '354-430', null],
    ['Lucian, of Samosata, 120-180', 'Lucian, of Samosata', '120-180', null],
    ['4th Army, 2nd Corps', '4th Army, 2nd Corps', null, null],
    ['Nennius, active 796', 'Nennius', 'active 796', null],
    ['Widger, David [Author of introduction, etc.]', 'Widger, David', null, 'Author of introduction, etc.'],
  ])('reads %s', (text, name, lifespan, role) => {
    expect(parseAuthors(text)).toMatchObject([{ author: { name, lifespan }, role }]);
  });

  it('reads nothing as no author', () => {
    expect(parseAuthors('')).toEqual([]);
    expect(parseAuthors(' ; ;')).toEqual([]);
  });

  it('reads back what it is told, for names with commas and digits', () => {
    const name = fc
      .array(fc.stringMatching(/^[A-Za-zÀ-ſ0-9'.()]{1,12}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(', '))
      .filter((text) => !/, (-|active )/.test(text));
    const lifespan = fc.constantFrom(
      null,
      '1743-1826',
      '-646 BCE',
      '5? BCE-65',
      'active 12th century',
      '1957-',
    );
    const role = fc.constantFrom(null, 'Translator', 'Author of introduction, etc.');
    fc.assert(
      fc.property(fc.array(fc.record({ name, lifespan, role }), { maxLength: 5 }), (authors) => {
        const read = parseAuthors(authors.map(wordAuthor).join('; '));
        const told = read.map(({ author, role: what }) => ({
          name: author.name,
          lifespan: author.lifespan,
          role: what,
        }));
        expect(told).toEqual(authors);
      }),
    );
  });

  describe('on the bundled catalogue', () => {
    const catalogue = readFileSync(join(__dirname, '../../data/gutenberg.csv'));
    const texts = parse<{ Authors: string }>(catalogue, { columns: true }).map((row) => row.Authors);
    const everyone = texts.flatMap(parseAuthors);

    it('loses no word of it', () => {
      const words = (list: readonly Contribution[]) =>
        list.map(({ author, role }) => wordAuthor({ ...author, role })).join('; ');
      expect(texts.map((text) => words(parseAuthors(text)))).toEqual(texts);
    });

    it('finds the dates of everyone who has some', () => {
      const names = everyone.map(({ author }) => author.name);
      expect(names.filter((name) => /, (-?\d|active )[^,]*$/.test(name))).toEqual([]);
      expect(everyone.filter(({ author }) => author.lifespan !== null).length).toBeGreaterThan(8000);
    });

    it('knows the years of everyone except those who were only active', () => {
      const dated = everyone.filter(({ author }) => author.lifespan !== null);
      const yearless = dated.filter(({ author }) => author.bornYear === null && author.diedYear === null);
      expect(yearless.every(({ author }) => author.lifespan?.startsWith('active '))).toBe(true);
    });
  });
});

function wordAuthor({
  name,
  lifespan,
  role,
}: {
  name: string;
  lifespan: string | null;
  role: string | null;
}) {
  return `${name}${lifespan === null ? '' : `, ${lifespan}`}${role === null ? '' : ` [${role}]`}`;
}
