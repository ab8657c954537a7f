import { authorsReader, dateReader, genresReader, languagesReader, quote, titleReader } from './fields.js';
import type { ImportedBook } from './imported-book.js';
import { RowFault } from './row-fault.js';
import type { RowValues } from './row-values.js';

/** What a file must have to be read as Project Gutenberg's catalogue. */
export const GUTENBERG_REQUIRED = ['Text#', 'Type', 'Title'];
export const GUTENBERG_COLUMNS = [
  ...GUTENBERG_REQUIRED,
  'Issued',
  'Language',
  'Authors',
  'Subjects',
  'LoCC',
  'Bookshelves',
];

const TEXT_NUMBER = /^[1-9]\d{0,8}$/;

const readTitle = titleReader('Title');
const readIssued = dateReader('Issued');
const readLanguage = languagesReader('Language');
const readAuthors = authorsReader('Authors');
const readBookshelves = genresReader('Bookshelves', /^Browsing: */);

/** @returns undefined for sound recordings, images and whatever else is no text. @throws RowFault */
export function readGutenbergRow(value: RowValues): ImportedBook | undefined {
  if (value('Type').trim() !== 'Text') return undefined;
  const number = readNumber(value('Text#').trim());
  return {
    sourceKey: `gutenberg:${number}`,
    title: readTitle(value('Title')),
    summary: null,
    isbn: null,
    publishedOn: readIssued(value('Issued')),
    languages: readLanguage(value('Language')),
    authors: readAuthors(value('Authors')),
    genres: readBookshelves(value('Bookshelves')),
    imprint: `Project Gutenberg #${number}`,
  };
}

function readNumber(text: string): string {
  if (TEXT_NUMBER.test(text)) return text;
  throw new RowFault('Text#', `is no number of an ebook: ${quote(text)}`);
}
