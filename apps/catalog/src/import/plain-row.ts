import { createHash } from 'node:crypto';
import { foldText } from '@evernest/database';
import { LONGEST_SUMMARY } from '../books/books.limits.js';
import { toIsbn13 } from '../books/isbn.js';
import {
  authorsReader,
  dateReader,
  genresReader,
  languagesReader,
  limitLength,
  quote,
  titleReader,
  withLineFeeds,
} from './fields.js';
import type { ImportedBook } from './imported-book.js';
import { RowFault } from './row-fault.js';
import type { RowValues } from './row-values.js';

export const PLAIN_COLUMNS = ['title', 'authors', 'isbn', 'publishedOn', 'languages', 'genres', 'summary'];

const readTitle = titleReader('title');
const readPublishedOn = dateReader('publishedOn');
const readLanguages = languagesReader('languages');
const readAuthors = authorsReader('authors');
const readGenres = genresReader('genres');

/** @throws RowFault */
export function readPlainRow(value: RowValues): ImportedBook {
  const book = {
    title: readTitle(value('title')),
    summary: readSummary(value('summary')),
    isbn: readIsbn(value('isbn').trim()),
    publishedOn: readPublishedOn(value('publishedOn')),
    languages: readLanguages(value('languages')),
    authors: readAuthors(value('authors')),
    genres: readGenres(value('genres')),
    imprint: null,
  };
  return { ...book, sourceKey: book.isbn === null ? contentKey(book) : `isbn:${book.isbn}` };
}

function readSummary(text: string): string | null {
  if (text.trim() === '') return null;
  return limitLength('summary', withLineFeeds(text), LONGEST_SUMMARY);
}

function readIsbn(text: string): string | null {
  if (text === '') return null;
  const isbn = toIsbn13(text);
  if (isbn !== undefined) return isbn;
  throw new RowFault('isbn', `is no ISBN-10 or ISBN-13 with a right check digit: ${quote(text)}`);
}

/** A row without a number of its own is recognised by what makes it this book and no other. */
function contentKey(book: Pick<ImportedBook, 'title' | 'authors' | 'publishedOn' | 'languages'>): string {
  const { title, authors, publishedOn, languages } = book;
  const identities = authors.map(({ author }) => author.identity);
  const content = JSON.stringify([foldText(title), identities, publishedOn, languages]);
  return `csv:${createHash('sha256').update(content).digest('base64url')}`;
}
