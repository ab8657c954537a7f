import type { ImportTotals } from './import-totals.js';

/** What the command exits with; docs/import.md lists them. */
export const EXIT = {
  everyRowTaken: 0,
  someNotTaken: 1,
  wrongUsage: 2,
  noDatabase: 71,
  /** 128 + the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export function exitCodeOf(totals: ImportTotals, signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  if (totals.unreadableFiles > 0) return EXIT.wrongUsage;
  return totals.rejected + totals.unknownFiles > 0 ? EXIT.someNotTaken : EXIT.everyRowTaken;
}
