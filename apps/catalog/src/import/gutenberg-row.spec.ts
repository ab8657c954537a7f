import { readGutenbergRow } from './gutenberg-row.js';

describe('readGutenbergRow', () => {
  it('reads an entry as it comes', () => {
    const book = read({
      Title: 'The United States Bill of Rights\nThe Ten Original Amendments\n',
      Language: 'en; zh',
      Authors: 'United States',
      Bookshelves: 'Politics; American Revolutionary War; Browsing: History - American; Browsing: Politics',
    });
    expect(book).toEqual({
      sourceKey: 'gutenberg:2',
      title: 'The United States Bill of Rights\nThe Ten Original Amendments',
      summary: null,
      isbn: null,
      publishedOn: '1972-12-01',
      languages: ['en', 'zh'],
      authors: [
        {
          author: {
            name: 'United States',
            bornYear: null,
            diedYear: null,
            lifespan: null,
            identity: 'United States|',
          },
          role: null,
        },
      ],
      genres: [
        { name: 'Politics', identity: 'politics' },
        { name: 'American Revolutionary War', identity: 'american revolutionary war' },
        { name: 'History - American', identity: 'history - american' },
      ],
      imprint: 'Project Gutenberg #2',
    });
  });

  it('keeps a title of several lines the same in a file with CRLF', () => {
    expect(read({ Title: 'One\r\nTwo\r\nThree' })?.title).toBe('One\nTwo\nThree');
  });

  it('takes empty fields for absent values', () => {
    const book = read({ Issued: '', Language: '', Authors: '', Bookshelves: '' });
    expect(book).toMatchObject({ publishedOn: null, languages: [], authors: [], genres: [] });
  });

  it.each(['Sound', 'Image', 'Dataset', ''])(
    'leaves an entry of type "%s" out, whatever its other fields',
    (Type) => {
      expect(read({ Type, 'Text#': 'x', Title: '' })).toBeUndefined();
    },
  );

  it.each([
    [{ 'Text#': '0' }, 'Text#', 'is no number of an ebook: "0"'],
    [{ 'Text#': '12a' }, 'Text#', 'is no number of an ebook: "12a"'],
    [{ Title: ' \n ' }, 'Title', 'must not be blank'],
    [
      { Title: 'x'.repeat(1001) },
      'Title',
      expect.stringMatching(/^has 1001 characters where 1000 are allowed: "x{40}…"$/),
    ],
    [{ Issued: '2026-02-30' }, 'Issued', 'is no day that exists, as YYYY-MM-DD: "2026-02-30"'],
    [{ Language: 'English' }, 'Language', 'is no language tag such as en or pt-BR: "English"'],
    [
      { Authors: 'x'.repeat(301) },
      'Authors',
      expect.stringContaining('has 301 characters where 300 are allowed'),
    ],
    [{ Authors: 'Somebody; , 1900-1950' }, 'Authors', 'has an author without a name'],
    [{ Authors: 'Somebody, 6000 BCE-' }, 'Authors', 'has a year before 5000 BCE: "6000 BCE-"'],
    [{ Bookshelves: 'x'.repeat(201) }, 'Bookshelves', expect.stringContaining('where 200 are allowed')],
    [{ Authors: manyOf(101) }, 'Authors', 'lists 101 entries where 100 are allowed'],
    [{ Bookshelves: manyOf(101) }, 'Bookshelves', 'lists 101 entries where 100 are allowed'],
  ])('refuses %j', (values, column, message) => {
    expect(() => read(values)).toThrow(expect.objectContaining({ name: 'RowFault', column, message }));
  });

  it('counts a letter outside the basic plane as one character, as the API does', () => {
    expect(read({ Title: '𝔐'.repeat(1000) })?.title.length).toBe(2000);
  });
});

function read(values: Record<string, string>) {
  const row: Record<string, string> = {
    'Text#': '2',
    Type: 'Text',
    Issued: '1972-12-01',
    Title: 'A title',
    ...values,
  };
  return readGutenbergRow((column) => row[column] ?? '');
}

function manyOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `Entry ${index}`).join('; ');
}
