import type { ColumnDefinitionBuilder, Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import type { jsonArrayFrom } from 'kysely/helpers/sqlite';

/** A `select` used inside another one. */
export type Subquery<Row> = Parameters<typeof jsonArrayFrom<Row>>[0];

/** The column types that a {@link SqlDialect.recordset} can carry. */
export type RecordColumns<Row> = { readonly [Column in keyof Row]: 'integer' | 'text' };

/** Everything in which SQLite and PostgreSQL differ for us, in one place: all other SQL is common to both. */
export interface SqlDialect {
  readonly name: 'sqlite' | 'postgres';

  /** An integer key that counts up and is never given twice. */
  readonly primaryKey: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

  /** A text, a number or null in JSON that is to the byte what `JSON.stringify` makes. */
  jsonValue(value: Expression<string | number | null>): RawBuilder<string>;

  /** The rows of a sub-query as an array of objects, in such JSON. */
  jsonArray<Row>(rows: Subquery<Row>): RawBuilder<string>;

  /** The same, of one column: an array of its values. */
  jsonList<Row>(rows: Subquery<Row>, column: keyof Row & string): RawBuilder<string>;

  /** Many rows as a table, sent as one parameter: one statement text for any number of rows. */
  recordset<Row extends object>(rows: readonly Row[], columns: RecordColumns<Row>): RawBuilder<Row>;

  /** Locks the selected rows until the transaction ends. SQLite has no need: its write transactions are serial. */
  lockRows<Query extends { forUpdate(): Query }>(query: Query): Query;

  /** Makes a table of (`rowid`, `words`) for full-text search; see {@link wordsOf}. */
  createWordIndex(db: Kysely<unknown>, table: string): Promise<void>;

  /** What is stored in `words` for a text that was folded and split already. */
  wordDocument(words: Expression<string> | string): RawBuilder<string>;

  /** What {@link hasWords} takes to find every one of these words; see {@link wordsOf}. */
  wordQuery(words: readonly string[]): string;

  /** True for rows of the word index `table` that match what {@link wordQuery} made. */
  hasWords(table: string, query: string): RawBuilder<SqlBool>;

  /**
   * Lets every commit to any table there is show in `Database.watchChanges()`; SQLite counts its commits by itself. Each step of a
   * migration ends with it.
   */
  announceChanges<Schema>(db: Kysely<Schema>): Promise<void>;

  /** To be called after bulk writes: PostgreSQL plans badly until it knows how much there is. */
  updateStatistics<Schema>(db: Kysely<Schema>, tables: readonly (keyof Schema & string)[]): Promise<void>;
}
