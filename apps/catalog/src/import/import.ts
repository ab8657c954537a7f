import { setImmediate } from 'node:timers/promises';
import type { CatalogueWriter } from './catalogue-writer.js';
import type { ImportTotals } from './import-totals.js';
import type { FileProblem, ReadBatch, RejectedRow } from './read-batch.js';

/** Who is told what happens on the way. */
export interface ImportObserver {
  warned(text: string): void;
  failedFile(problem: FileProblem): void;
  rejected(rows: readonly RejectedRow[]): Promise<void>;
  /** After each batch, with all bytes and rows so far. */
  progressed(bytes: number, rows: number): void;
}

/**
 * Writes what is read, batch by batch, until the end or until `signal` asks to stop: then the current batch is
 * finished. `totals` is kept up to date, so it is right whatever ends the import.
 */
export async function importBatches(
  batches: AsyncIterable<ReadBatch>,
  writer: CatalogueWriter,
  observer: ImportObserver,
  totals: ImportTotals,
  signal: AbortSignal,
): Promise<void> {
  for await (const batch of batches) {
    // Messages that wait at a port are handed out without a turn of the event loop: signals and timers need one.
    await setImmediate();
    if (signal.aborted) return;
    for (const warning of batch.warnings) observer.warned(warning);
    const written = await writer.write(batch);
    totals.books += written.books;
    totals.present += written.present;
    totals.authors += written.authors;
    totals.genres += written.genres;
    countRead(batch, totals);
    for (const problem of batch.problems) observer.failedFile(problem);
    await observer.rejected(batch.rejected);
    observer.progressed(batch.bytesRead, totals.rows);
  }
}

function countRead({ rows, leftOut, rejected, problems }: ReadBatch, totals: ImportTotals): void {
  totals.rows += rows;
  totals.leftOut += leftOut;
  totals.rejected += rejected.length;
  for (const { kind } of problems) {
    if (kind === 'unreadable') totals.unreadableFiles++;
    else totals.unknownFiles++;
  }
}
