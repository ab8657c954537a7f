import type { Generated, GeneratedAlways, Kysely } from 'kysely';

/** Dates are ISO text (`2026-11-21`) on both databases: the same bytes, the same order, no time zone. */
export interface CatalogSchema {
  books: BooksTable;
  authors: AuthorsTable;
  genres: GenresTable;
  book_authors: BookAuthorsTable;
  book_genres: BookGenresTable;
  book_languages: BookLanguagesTable;
  copies: CopiesTable;
  book_words: WordsTable;
  author_words: WordsTable;
  genre_words: WordsTable;
}

/** The handle that repository methods take: the database itself or a transaction. */
export type CatalogDb = Kysely<CatalogSchema>;

interface BooksTable {
  id: Generated<number>;
  title: string;
  /** The title folded for sorting; see sort-key.ts. */
  title_key: string;
  summary: string | null;
  isbn: string | null;
  published_on: string | null;
  /** `published_on` without nulls, which no keyset comparison could pass. */
  published_key: GeneratedAlways<string>;
  /** What an imported row is recognised by when it is imported again; null for books made through the API. */
  source_key: string | null;
}

interface AuthorsTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  born_year: number | null;
  died_year: number | null;
  lifespan: string | null;
  identity: string;
}

interface GenresTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  identity: string;
}

interface BookAuthorsTable {
  book_id: number;
  position: number;
  author_id: number;
  role: string | null;
}

interface BookGenresTable {
  book_id: number;
  genre_id: number;
}

interface BookLanguagesTable {
  book_id: number;
  position: number;
  language: string;
}

interface CopiesTable {
  id: Generated<number>;
  book_id: number;
  imprint: string;
  status: CopyStatus;
  borrower: string | null;
  due_back: string | null;
}

interface WordsTable {
  rowid: number;
  words: string;
}

/** What a copy can be; `loaned` comes and goes only through loan and return. */
export const COPY_STATUSES = ['available', 'maintenance', 'loaned', 'reserved'] as const;
export type CopyStatus = (typeof COPY_STATUSES)[number];
