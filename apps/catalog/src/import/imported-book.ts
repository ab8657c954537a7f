import type { AuthorFacts } from '../authors/author-identity.js';

/** An author as a row names it, with what the person did for this book. */
export interface ImportedAuthor extends AuthorFacts {
  /** As the source words it (`Translator`); null for who wrote the book. */
  readonly role: string | null;
}

/** One row of a catalogue, whatever its format, checked and ready to be stored. */
export interface ImportedBook {
  /** What the row is recognised by when it is imported again. */
  readonly sourceKey: string;
  readonly title: string;
  readonly summary: string | null;
  readonly isbn: string | null;
  readonly publishedOn: string | null;
  readonly languages: readonly string[];
  readonly authors: readonly ImportedAuthor[];
  /** Names, those of one genre merged. */
  readonly genres: readonly string[];
  /** The imprint of the one copy that comes with the book; null when the source tells of none. */
  readonly imprint: string | null;
}
