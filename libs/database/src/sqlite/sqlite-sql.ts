import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/sqlite';
import type { SqlDialect } from '../sql-dialect.js';

export const sqliteSql: SqlDialect = {
  name: 'sqlite',

  primaryKey: (column) => column.primaryKey().autoIncrement(),

  jsonValue: (value) => sql<string>`json_quote(${value})`,

  jsonArray: (rows) => sql<string>`${jsonArrayFrom(rows)}`,

  jsonList: (rows, column) =>
    sql<string>`(select json_group_array(${sql.ref(`agg.${column}`)}) from ${rows} as agg)`,

  recordset(rows, columns) {
    const names = Object.keys(columns);
    const values = rows.map((row) => names.map((name) => row[name as keyof typeof row]));
    const selected = names.map((name, index) => sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`);
    return sql`(select ${sql.join(selected)} from jsonb_each(${JSON.stringify(values)}))`;
  },

  lockRows: (query) => query,

  async createWordIndex(db, table) {
    // The text was folded and split before; FTS5's `ascii` tokenizer takes every other letter as it is.
    await sql`create virtual table ${sql.table(table)}
      using fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`.execute(db);
  },

  wordDocument: (words) => sql<string>`${words}`,

  wordQuery: (words) => words.map((word) => `"${word}"`).join(' '),

  // FTS5 takes a query over the whole table through a column of the table's own name.
  hasWords: (table, query) => sql`${sql.ref(`${table}.${table}`)} match ${query}`,

  announceChanges: async () => {},

  // Its plans are right without: every query of ours has an index of just its columns.
  updateStatistics: async () => {},
};
