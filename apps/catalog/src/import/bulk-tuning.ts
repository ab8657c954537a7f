import type { Database } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogSchema } from '../database/schema.js';

/** The index pages that a million books touch at random (titles 63 MB, authors 19 MB) would read the disk again and again. */
const CACHE_KIB = 64 * 1024;
/** 64 MB instead of 4: a page that several batches change is copied into the database once. */
const CHECKPOINT_PAGES = 16_000;

/** Prepares SQLite's connection of this process for bulk writes; nothing of it is stored, and nothing costs safety. */
export async function tuneForBulk(database: Database<CatalogSchema>): Promise<void> {
  if (database.dialect.name !== 'sqlite') return;
  // In a transaction, because that is what takes the statements to the connection that writes.
  await database.transaction(async (db) => {
    await sql`pragma cache_size = ${sql.lit(-CACHE_KIB)}`.execute(db);
    await sql`pragma wal_autocheckpoint = ${sql.lit(CHECKPOINT_PAGES)}`.execute(db);
  });
}
