import { sql, type Kysely } from 'kysely';

/** Where PostgreSQL announces that something was committed; the message is the schema that it happened in. */
export const CHANGES_CHANNEL = 'evernest_changes';

/**
 * Lets PostgreSQL announce every commit that changes one of these tables, whoever makes it. Once for each transaction, as it
 * drops announcements that are the same; nothing is announced of what is rolled back.
 */
export async function announcePostgresChanges<Schema>(
  db: Kysely<Schema>,
  tables: readonly string[],
): Promise<void> {
  await sql`
    create function evernest_announce_change() returns trigger language plpgsql as $$
    begin
      perform pg_notify(${sql.lit(CHANGES_CHANNEL)}, tg_table_schema);
      return null;
    end
    $$`.execute(db);
  for (const table of tables) {
    await sql`
      create trigger evernest_announce_change after insert or update or delete or truncate on ${sql.table(table)}
      for each statement execute function evernest_announce_change()`.execute(db);
  }
}
