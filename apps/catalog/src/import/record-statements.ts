import type { RecordColumns, SqlDialect } from '@evernest/database';
import { sql } from 'kysely';
import type { CatalogDb, CatalogSchema } from '../database/schema.js';

type Table = keyof CatalogSchema;

/** Rows of any number in one statement each, whose text is the same for every batch. */
export class RecordStatements {
  constructor(private readonly dialect: SqlDialect) {}

  /** The ids of the rows of `table` that have one of these keys. */
  async findIds(
    db: CatalogDb,
    table: Table,
    key: string,
    keys: readonly string[],
  ): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const wanted = this.dialect.recordset(
      keys.map((value) => ({ key: value })),
      { key: 'text' },
    );
    const { rows } = await sql<KeyedRow>`
      select id, ${sql.ref(key)} as key from ${sql.table(table)}
      where ${sql.ref(key)} in (select key from ${wanted} as wanted)`.execute(db);
    return byKey(rows);
  }

  /** Adds the rows whose unique values are not taken. @returns the ids of those that were added. */
  async insertNew<Row extends object>(
    db: CatalogDb,
    table: Table,
    key: keyof Row & string,
    rows: readonly Row[],
    columns: RecordColumns<Row>,
  ): Promise<Map<string, number>> {
    if (rows.length === 0) return new Map();
    const added = await sql<KeyedRow>`
      ${this.#insert(table, rows, columns)}
      on conflict do nothing returning id, ${sql.ref(key)} as key`.execute(db);
    return byKey(added.rows);
  }

  async insert<Row extends object>(
    db: CatalogDb,
    table: Table,
    rows: readonly Row[],
    columns: RecordColumns<Row>,
  ): Promise<void> {
    if (rows.length > 0) await this.#insert(table, rows, columns).execute(db);
  }

  async insertWords(
    db: CatalogDb,
    table: 'book_words' | 'author_words' | 'genre_words',
    rows: readonly { readonly rowid: number; readonly words: string }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const records = this.dialect.recordset(rows, { rowid: 'integer', words: 'text' });
    const document = this.dialect.wordDocument(sql.ref<string>('record.words'));
    await sql`
      insert into ${sql.table(table)} (rowid, words)
      select record.rowid, ${document} from ${records} as record`.execute(db);
  }

  #insert<Row extends object>(table: Table, rows: readonly Row[], columns: RecordColumns<Row>) {
    const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
    const records = this.dialect.recordset(rows, columns);
    // Without `where`, SQLite would take the `on` of `on conflict` for that of a join.
    return sql`insert into ${sql.table(table)} (${names}) select ${names} from ${records} as record where true`;
  }
}

interface KeyedRow {
  readonly id: number;
  readonly key: string;
}

function byKey(rows: readonly KeyedRow[]): Map<string, number> {
  return new Map(rows.map(({ id, key }) => [key, id]));
}
