import { sql, type RawBuilder } from 'kysely';
import { announcePostgresChanges } from '../changes/announce-changes.js';
import type { SqlDialect, Subquery } from '../sql-dialect.js';

export const postgresSql: SqlDialect = {
  name: 'postgres',

  primaryKey: (column) => column.primaryKey().generatedByDefaultAsIdentity(),

  jsonValue: (value) => sql<string>`coalesce(cast(to_json(${value}) as text), 'null')`,

  jsonArray: (rows) => jsonTexts(rows, sql`row_to_json(agg)`),

  jsonList: (rows, column) => jsonTexts(rows, sql`to_json(${sql.ref(`agg.${column}`)})`),

  recordset(rows, columns) {
    const defined = Object.entries(columns).map(
      ([name, type]) => sql`${sql.ref(name)} ${sql.raw(String(type))}`,
    );
    return sql`(select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as record(${sql.join(defined)}))`;
  },

  lockRows: (query) => query.forUpdate(),

  async createWordIndex(db, table) {
    // The column is called `rowid` because that is its only name in SQLite's FTS5.
    await sql`create table ${sql.table(table)} (rowid integer primary key, words tsvector not null)`.execute(
      db,
    );
    await sql`create index ${sql.ref(`${table}_words_index`)} on ${sql.table(table)} using gin (words)`.execute(
      db,
    );
  },

  // Made from ready words, past PostgreSQL's own parser and dictionaries, which SQLite does not have.
  wordDocument: (words) => sql<string>`array_to_tsvector(string_to_array(cast(${words} as text), ' '))`,

  wordQuery: (words) => words.map((word) => `'${word}'`).join(' & '),

  hasWords: (table, query) => sql`${sql.ref(`${table}.words`)} @@ cast(cast(${query} as text) as tsquery)`,

  announceChanges: announcePostgresChanges,

  async updateStatistics(db, tables) {
    await sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
  },
};

/** What PostgreSQL itself makes of many has spaces and line breaks between them. */
function jsonTexts<Row>(rows: Subquery<Row>, json: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(select '[' || coalesce(string_agg(cast(${json} as text), ','), '') || ']' from ${rows} as agg)`;
}
