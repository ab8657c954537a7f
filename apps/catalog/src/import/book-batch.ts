import { sortKey } from '../database/sort-key.js';
import { bookWords } from '../search/book-words.js';
import type { ImportedAuthor, ImportedBook, ImportedGenre } from './imported-book.js';

/** Books on their way to the database: authors and genres are listed once, and books name them by their place. */
export interface BookBatch {
  readonly authors: readonly ImportedAuthor[];
  readonly genres: readonly ImportedGenre[];
  readonly books: readonly BatchedBook[];
}

/** A book with what the database sorts and finds it by. */
export interface BatchedBook extends Omit<ImportedBook, 'authors' | 'genres'> {
  readonly titleKey: string;
  readonly words: string;
  /** In the order of the title page. */
  readonly authors: readonly { readonly place: number; readonly role: string | null }[];
  readonly genres: readonly number[];
}

/** Makes a {@link BookBatch}, book by book. */
export class BookBatchBuilder implements BookBatch {
  readonly authors: ImportedAuthor[] = [];
  readonly genres: ImportedGenre[] = [];
  readonly books: BatchedBook[] = [];
  readonly #authorPlaces = new Map<string, number>();
  readonly #genrePlaces = new Map<string, number>();

  add(book: ImportedBook): void {
    this.books.push({
      ...book,
      titleKey: sortKey(book.title),
      words: bookWords(
        book.title,
        book.authors.map(({ author }) => author.name),
      ),
      authors: book.authors.map(({ author, role }) => ({
        place: placeOf(author, this.authors, this.#authorPlaces),
        role,
      })),
      genres: book.genres.map((genre) => placeOf(genre, this.genres, this.#genrePlaces)),
    });
  }
}

function placeOf<T extends { identity: string }>(entry: T, list: T[], places: Map<string, number>): number {
  const known = places.get(entry.identity);
  if (known !== undefined) return known;
  places.set(entry.identity, list.length);
  return list.push(entry) - 1;
}
