import { wordsOf } from '@evernest/database';

/** Enough to tell titles apart, and far below PostgreSQL's limit of 2.7 kB for an index entry. */
const LONGEST_KEY = 200;

/** By what titles and names are sorted: without regard to case, accents and punctuation. */
export function sortKey(text: string): string {
  return wordsOf(text).join(' ').slice(0, LONGEST_KEY).toWellFormed();
}
