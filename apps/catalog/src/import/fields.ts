import { maxLength } from 'class-validator';
import { EARLIEST_YEAR, LATEST_YEAR, LONGEST_LIFESPAN, LONGEST_NAME } from '../authors/authors.limits.js';
import { LANGUAGE, LONGEST_TITLE } from '../books/books.limits.js';
import { genreIdentity } from '../genres/genre-identity.js';
import { LONGEST_GENRE } from '../genres/genres.limits.js';
import { isCalendarDate } from '../http/calendar-date.js';
import { parseAuthors } from './author-list.js';
import type { Contribution, ImportedGenre } from './imported-book.js';
import { mergeBy, splitList } from './lists.js';
import { remembered } from './remembered.js';
import { RowFault } from './row-fault.js';

/** As many as the API takes for one book. */
const MOST_AUTHORS = 100;
const MOST_GENRES = 100;
const MOST_LANGUAGES = 20;

const LONGEST_QUOTE = 40;

/** Reads the text of one field. @throws RowFault naming the column. */
export type FieldReader<T> = (text: string) => T;

/** Each of these makes the reader of a column, as strict as the API is. */
export function titleReader(column: string): FieldReader<string> {
  return (text) => readTitle(column, text);
}

export function dateReader(column: string): FieldReader<string | null> {
  return remembered((text) => readDate(column, text));
}

export function languagesReader(column: string): FieldReader<readonly string[]> {
  return remembered((text) => readLanguages(column, text));
}

/** @param prefix dropped from names that start with it. */
export function genresReader(column: string, prefix?: RegExp): FieldReader<readonly ImportedGenre[]> {
  return remembered((text) => readGenres(column, text, prefix));
}

export function authorsReader(column: string): FieldReader<readonly Contribution[]> {
  return remembered((text) => readAuthors(column, text));
}

function readTitle(column: string, text: string): string {
  const title = withLineFeeds(text).trim();
  if (title === '') throw new RowFault(column, 'must not be blank');
  return limitLength(column, title, LONGEST_TITLE);
}

function readDate(column: string, text: string): string | null {
  const date = text.trim();
  if (date === '') return null;
  if (isCalendarDate(date)) return date;
  throw new RowFault(column, `is no day that exists, as YYYY-MM-DD: ${quote(date)}`);
}

function readLanguages(column: string, text: string): string[] {
  const languages = mergeBy(splitList(text), (language) => language);
  const wrong = languages.find((language) => !LANGUAGE.test(language));
  if (wrong !== undefined)
    throw new RowFault(column, `is no language tag such as en or pt-BR: ${quote(wrong)}`);
  return limitCount(column, languages, MOST_LANGUAGES);
}

function readGenres(column: string, text: string, prefix?: RegExp): ImportedGenre[] {
  const names = splitList(text).map((name) => (prefix ? name.replace(prefix, '') : name));
  const named = names.filter((name) => name !== '').map((name) => ({ name, identity: genreIdentity(name) }));
  const genres = mergeBy(named, ({ identity }) => identity);
  for (const { name } of genres) limitLength(column, name, LONGEST_GENRE);
  return limitCount(column, genres, MOST_GENRES);
}

function readAuthors(column: string, text: string): Contribution[] {
  const authors = mergeBy(parseAuthors(text), ({ author, role }) => JSON.stringify([author.identity, role]));
  for (const author of authors) checkAuthor(column, author);
  return limitCount(column, authors, MOST_AUTHORS);
}

function checkAuthor(column: string, { author, role }: Contribution): void {
  const { name, bornYear, diedYear, lifespan } = author;
  if (name === '') throw new RowFault(column, 'has an author without a name');
  limitLength(column, name, LONGEST_NAME);
  limitLength(column, lifespan ?? '', LONGEST_LIFESPAN);
  limitLength(column, role ?? '', LONGEST_NAME);
  for (const year of [bornYear, diedYear]) {
    if (year !== null && (year < EARLIEST_YEAR || year > LATEST_YEAR)) {
      throw new RowFault(column, `has a year before ${-EARLIEST_YEAR} BCE: ${quote(lifespan ?? '')}`);
    }
  }
}

/** @throws RowFault when the text is longer than the API allows, counted as it counts. */
export function limitLength(column: string, text: string, longest: number): string {
  if (text.length <= longest || maxLength(text, longest)) return text;
  throw new RowFault(column, `has ${text.length} characters where ${longest} are allowed: ${quote(text)}`);
}

function limitCount<T>(column: string, entries: T[], most: number): T[] {
  if (entries.length <= most) return entries;
  throw new RowFault(column, `lists ${entries.length} entries where ${most} are allowed`);
}

/** A file that was saved with CRLF holds the same books. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** A value in a message: on one line, and short. */
export function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE).toWellFormed()}…` : text;
  return JSON.stringify(shown);
}
