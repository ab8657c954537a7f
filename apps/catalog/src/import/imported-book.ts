import type { AuthorFacts } from '../authors/author-identity.js';

/** An author as a row names it. */
export interface ImportedAuthor extends AuthorFacts {
  readonly identity: string;
}

/** What an author did for a book. */
export interface Contribution {
  readonly author: ImportedAuthor;
  /** As the source words it (`Translator`); null for who wrote the book. */
  readonly role: string | null;
}

/** A genre as a row names it. */
export interface ImportedGenre {
  readonly name: string;
  readonly identity: string;
}

/** One row of a catalogue, whatever its format, checked. */
export interface ImportedBook {
  /** What the row is recognised by when it is imported again. */
  readonly sourceKey: string;
  readonly title: string;
  readonly summary: string | null;
  readonly isbn: string | null;
  readonly publishedOn: string | null;
  readonly languages: readonly string[];
  readonly authors: readonly Contribution[];
  readonly genres: readonly ImportedGenre[];
  /** The imprint of the one copy that comes with the book; null when the source tells of none. */
  readonly imprint: string | null;
}
