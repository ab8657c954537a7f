/** What an import has done so far. */
export interface ImportTotals {
  rows: number;
  books: number;
  present: number;
  leftOut: number;
  rejected: number;
  authors: number;
  genres: number;
  /** Files that are no catalogue. */
  unknownFiles: number;
  /** Files whose reading failed. */
  unreadableFiles: number;
}

export function noTotals(): ImportTotals {
  return {
    rows: 0,
    books: 0,
    present: 0,
    leftOut: 0,
    rejected: 0,
    authors: 0,
    genres: 0,
    unknownFiles: 0,
    unreadableFiles: 0,
  };
}
