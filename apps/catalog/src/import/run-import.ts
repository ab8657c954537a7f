import { migrateToLatest, type Database } from '@evernest/database';
import { MIGRATIONS } from '../database/migrations/index.js';
import type { CatalogSchema } from '../database/schema.js';
import { tuneForBulk } from './bulk-tuning.js';
import { CatalogueWriter } from './catalogue-writer.js';
import type { ImportRequest } from './command-line.js';
import { ConsoleObserver } from './console-observer.js';
import { EXIT, exitCodeOf } from './exit-codes.js';
import { importBatches } from './import.js';
import { noTotals } from './import-totals.js';
import { inspectFiles } from './input-files.js';
import { showProgress } from './progress.js';
import type { ReadBatch } from './read-batch.js';
import { RejectsFiles } from './rejects-files.js';
import { summarise } from './summary.js';
import { messageOf } from './system-error.js';

/**
 * The bundled catalogue goes in at once, so an interrupted first start begins anew; and SQLite writes index pages that
 * every batch touches half as often as with 5,000. The database is locked for about half a second at a time.
 */
const BATCH_ROWS = 10_000;

const ANALYSED = [
  'books',
  'authors',
  'genres',
  'book_authors',
  'book_genres',
  'book_languages',
  'copies',
] as const;

/** Where an import reads and writes. */
export interface ImportSurroundings {
  readonly database: Database<CatalogSchema>;
  readonly read: (files: readonly string[], batchRows: number) => AsyncIterable<ReadBatch>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Asks to stop after the current batch. */
  readonly signal: AbortSignal;
}

/** @returns the exit code. @throws DatabaseError when the database cannot be opened, or fails on the way. */
export async function runImport(request: ImportRequest, surroundings: ImportSurroundings): Promise<number> {
  const { database, stdout, stderr } = surroundings;
  const { problems, bytes } = await inspectFiles(request.files);
  if (problems.length > 0) {
    stderr.write(`${problems.join('\n')}\nNothing was imported.\n`);
    return EXIT.wrongUsage;
  }

  await migrateToLatest(database, MIGRATIONS);
  if (request.ifEmpty && (await hasBooks(database))) {
    stdout.write('The catalogue has books already: nothing was imported.\n');
    return EXIT.everyRowTaken;
  }

  let rejects: RejectsFiles | undefined;
  try {
    rejects = request.rejects ? await RejectsFiles.create(request.rejects, request.files) : undefined;
  } catch (error) {
    stderr.write(`The rejects cannot be written: ${messageOf(error)}.\n`);
    return EXIT.wrongUsage;
  }
  return importFiles(request.files, bytes, rejects, surroundings);
}

async function importFiles(
  files: readonly string[],
  bytes: number,
  rejects: RejectsFiles | undefined,
  { database, read, stdout, stderr, signal }: ImportSurroundings,
): Promise<number> {
  const totals = noTotals();
  const startedAt = performance.now();
  const progress = showProgress(stderr, bytes);
  try {
    await tuneForBulk(database);
    const observer = new ConsoleObserver(progress, rejects);
    await importBatches(read(files, BATCH_ROWS), new CatalogueWriter(database), observer, totals, signal);
  } finally {
    progress.stop();
    await rejects?.close();
    stdout.write(summarise(totals, (performance.now() - startedAt) / 1000));
    if (rejects && rejects.paths.length > 0) stdout.write(`  written to ${rejects.paths.join(', ')}\n`);
  }
  if (signal.aborted) stderr.write('Interrupted: run the same import again to complete it.\n');
  if (totals.books > 0) await database.dialect.updateStatistics(database.db, ANALYSED);
  return exitCodeOf(totals, signal);
}

async function hasBooks({ db }: Database<CatalogSchema>): Promise<boolean> {
  return (await db.selectFrom('books').select('id').limit(1).executeTakeFirst()) !== undefined;
}
