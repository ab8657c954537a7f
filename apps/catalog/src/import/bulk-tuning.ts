import type { Database } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogSchema } from '../database/schema.js';

/** The index pages that a million books touch at random (titles 63 MB, authors 19 MB) go in and out of less. */
const CACHE_KIB = 64 * 1024;
/** 64 MB instead of 4: a page that several batches change is copied into the database once. */
const CHECKPOINT_PAGES = 16_000;

/**
 * Prepares SQLite's writing connection of this process for bulk writes; nothing of it is stored in the file.
 * Foreign keys are not checked, which is a fifth of the time of writing: a batch refers only to rows that it has just
 * found or added in the same transaction, and the lock keeps others from deleting them.
 */
export async function tuneForBulk(database: Database<CatalogSchema>): Promise<void> {
  if (database.dialect.name !== 'sqlite') return;
  // A transaction takes statements to the connection that writes, but `foreign_keys` cannot change within one.
  await database.transaction(async (db) => {
    await sql`commit`.execute(db);
    await sql`pragma foreign_keys = off`.execute(db);
    await sql`pragma cache_size = ${sql.lit(-CACHE_KIB)}`.execute(db);
    await sql`pragma wal_autocheckpoint = ${sql.lit(CHECKPOINT_PAGES)}`.execute(db);
    await sql`begin immediate`.execute(db);
  });
}
