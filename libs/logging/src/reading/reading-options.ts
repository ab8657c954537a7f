import type { ReadLine } from './read-line.js';

/** What all steps of one reading have in common. */
export interface ReadingOptions {
  readonly isWanted: (line: ReadLine) => boolean;
  /** Told of each file that is not there or cannot be read; the others are read. */
  readonly onUnreadable: (message: string) => void;
  /** Ends the reading, wherever it is. */
  readonly signal: AbortSignal;
}
