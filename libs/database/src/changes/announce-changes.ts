import { sql, type Kysely } from 'kysely';

/** Where PostgreSQL announces that something was committed; the message is the schema that it happened in. */
export const CHANGES_CHANNEL = 'evernest_changes';

/** The tables of the schema in hand that announce nothing, beside those of the migrations themselves. */
export const SILENT_TABLES = `
  select relname as name from pg_class
  where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p') and not relispartition
    and relname not like 'kysely\\_%'
    and not exists (select from pg_trigger where tgrelid = pg_class.oid and tgname = 'evernest_announce_change')
  order by relname`;

/**
 * Lets PostgreSQL announce every commit that changes a table of the schema in hand, whoever makes it. Once for each transaction,
 * as it drops announcements that are the same; nothing is announced of what is rolled back. Tables that do so already stay as
 * they are.
 */
export async function announcePostgresChanges<Schema>(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql.raw<{ name: string }>(SILENT_TABLES).execute(db);
  if (rows.length === 0) return;
  await sql`
    create or replace function evernest_announce_change() returns trigger language plpgsql as $$
    begin
      perform pg_notify(${sql.lit(CHANGES_CHANNEL)}, tg_table_schema);
      return null;
    end
    $$`.execute(db);
  for (const { name } of rows) {
    await sql`
      create trigger evernest_announce_change after insert or update or delete or truncate on ${sql.table(name)}
      for each statement execute function evernest_announce_change()`.execute(db);
  }
}
