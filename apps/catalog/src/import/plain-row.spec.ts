import { readPlainRow } from './plain-row.js';

describe('readPlainRow', () => {
  it('reads all its columns', () => {
    const book = read({
      title: ' Moby Dick ',
      authors: 'Melville, Herman, 1819-1891; Kent, Rockwell [Illustrator]',
      isbn: '0-14-243724-7',
      publishedOn: '1851-10-18',
      languages: 'en; pt-BR; en',
      genres: 'Sea stories; SEA STORIES; Adventure',
      summary: 'A whale.\r\nA captain.',
    });
    expect(book).toMatchObject({
      sourceKey: 'isbn:9780142437247',
      title: 'Moby Dick',
      isbn: '9780142437247',
      publishedOn: '1851-10-18',
      languages: ['en', 'pt-BR'],
      authors: [
        { author: { name: 'Melville, Herman', bornYear: 1819, diedYear: 1891 }, role: null },
        { author: { name: 'Kent, Rockwell', lifespan: null }, role: 'Illustrator' },
      ],
      genres: [{ name: 'Sea stories' }, { name: 'Adventure' }],
      summary: 'A whale.\nA captain.',
      imprint: null,
    });
  });

  it('recognises a row without ISBN by title, authors, date and languages, whatever else changes', () => {
    const key = (values: Record<string, string>) =>
      read({ title: 'Émile', authors: 'Rousseau', languages: 'fr', ...values }).sourceKey;
    expect(key({})).toMatch(/^csv:[\w-]{43}$/);
    expect(key({ title: 'EMILE', summary: 'x', genres: 'y' })).toBe(key({}));
    const changes: Record<string, string>[] = [
      { title: 'Emil' },
      { authors: 'Rousseau [Editor]; Voltaire' },
      { publishedOn: '1762-05-01' },
      { languages: 'en' },
    ];
    for (const change of changes) expect(key(change)).not.toBe(key({}));
  });

  it.each([
    [{ isbn: '9780142437248' }, 'isbn', 'is no ISBN-10 or ISBN-13 with a right check digit: "9780142437248"'],
    [{ publishedOn: '18 October 1851' }, 'publishedOn', expect.stringContaining('is no day that exists')],
    [{ languages: 'en;de' }, 'languages', 'is no language tag such as en or pt-BR: "en;de"'],
    [{ summary: 'x'.repeat(10_001) }, 'summary', expect.stringContaining('where 10000 are allowed')],
    [{ title: '' }, 'title', 'must not be blank'],
  ])('refuses %j', (values, column, message) => {
    expect(() => read(values)).toThrow(expect.objectContaining({ name: 'RowFault', column, message }));
  });
});

function read(values: Record<string, string>) {
  const row: Record<string, string> = { title: 'A title', ...values };
  return readPlainRow((column) => row[column] ?? '');
}
