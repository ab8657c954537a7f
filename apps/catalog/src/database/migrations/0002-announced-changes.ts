import type { Migration } from '@evernest/database';

/** Every table that an answer is made of. */
const TABLES = [
  'books',
  'authors',
  'genres',
  'book_authors',
  'book_genres',
  'book_languages',
  'copies',
  'book_words',
  'author_words',
  'genre_words',
];

export const announcedChanges: Migration = {
  up: (db, dialect) => dialect.announceChanges(db, TABLES),
};
