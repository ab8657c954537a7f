import { Injectable } from '@nestjs/common';
import { Database, type PreparedQuery } from '@evernest/database';
import { sql, type Selectable } from 'kysely';
import type { CatalogDb, CatalogSchema, CopyStatus } from '../database/schema.js';
import type { Position } from '../pagination/cursor.js';
import { isAfter, orderOf, type SortOrder } from '../pagination/keyset.js';
import type { Placed } from '../pagination/paginate.js';
import type { Copy } from './copies.dto.js';

/** Copies are listed in the order in which they came. */
export const COPY_ORDER: SortOrder = { columns: [sql.ref('copies.id')], direction: 'asc' };

/** The columns of a copy that a client may set. */
export interface CopyColumns {
  readonly book_id?: number;
  readonly imprint?: string;
  readonly status?: CopyStatus;
}

/** By name, because PostgreSQL keeps plans, whose result must not change when a release adds a column. */
const COLUMNS = ['id', 'book_id', 'imprint', 'status', 'borrower', 'due_back'] as const;

type CopyRow = Selectable<CatalogSchema['copies']>;

interface CopyPageValues {
  readonly book: number | undefined;
  readonly status: CopyStatus | undefined;
  readonly after: Position | undefined;
  readonly count: number;
}

@Injectable()
export class CopiesRepository {
  readonly #one: PreparedQuery<CatalogSchema, { id: number }, CopyRow>;
  readonly #page: PreparedQuery<CatalogSchema, CopyPageValues, CopyRow>;
  readonly #lend: PreparedQuery<CatalogSchema, { id: number; borrower: string; dueBack: string }, CopyRow>;
  readonly #takeBack: PreparedQuery<CatalogSchema, { id: number }, CopyRow>;

  constructor(private readonly database: Database<CatalogSchema>) {
    this.#one = database.prepare((db, { id }) =>
      db.selectFrom('copies').select(COLUMNS).where('id', '=', id),
    );
    this.#page = database.prepare(selectPage);
    this.#lend = database.prepare((db, { id, borrower, dueBack }) =>
      db
        .updateTable('copies')
        .set({ status: 'loaned', borrower, due_back: dueBack })
        .where('id', '=', id)
        .where('status', '=', 'available')
        .returning(COLUMNS),
    );
    this.#takeBack = database.prepare((db, { id }) =>
      db
        .updateTable('copies')
        .set({ status: 'available', borrower: null, due_back: null })
        .where('id', '=', id)
        .where('status', '=', 'loaned')
        .returning(COLUMNS),
    );
  }

  async find(db: CatalogDb, id: number): Promise<Copy | undefined> {
    const row = await this.#one.executeTakeFirst(db, { id });
    return row && toCopy(row);
  }

  async list(
    db: CatalogDb,
    { book, status }: { readonly book?: number; readonly status?: CopyStatus },
    after: Position | undefined,
    count: number,
  ): Promise<Placed<Copy>[]> {
    const rows = await this.#page.execute(db, { book, status, after, count });
    return rows.map((row) => ({ item: toCopy(row), position: [row.id] }));
  }

  async lock(db: CatalogDb, id: number): Promise<void> {
    const query = db.selectFrom('copies').select('id').where('id', '=', id);
    await this.database.dialect.lockRows(query).execute();
  }

  async insert(db: CatalogDb, book_id: number, imprint: string, status: CopyStatus): Promise<number> {
    const { id } = await db
      .insertInto('copies')
      .values({ book_id, imprint, status })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async update(db: CatalogDb, id: number, columns: CopyColumns): Promise<void> {
    if (Object.keys(columns).length === 0) return;
    await db.updateTable('copies').set(columns).where('id', '=', id).execute();
  }

  async delete(db: CatalogDb, id: number): Promise<void> {
    await db.deleteFrom('copies').where('id', '=', id).execute();
  }

  /** One statement, so that of any number of simultaneous loans exactly one succeeds. @returns undefined for the others. */
  async lend(db: CatalogDb, id: number, borrower: string, dueBack: string): Promise<Copy | undefined> {
    const row = await this.#lend.executeTakeFirst(db, { id, borrower, dueBack });
    return row && toCopy(row);
  }

  /** @returns undefined when the copy was not on loan. */
  async takeBack(db: CatalogDb, id: number): Promise<Copy | undefined> {
    const row = await this.#takeBack.executeTakeFirst(db, { id });
    return row && toCopy(row);
  }
}

function selectPage(db: CatalogDb, { book, status, after, count }: CopyPageValues) {
  let query = db.selectFrom('copies').select(COLUMNS).limit(count);
  if (book !== undefined) query = query.where('book_id', '=', book);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after) query = query.where(isAfter(COPY_ORDER, after));
  for (const column of orderOf(COPY_ORDER)) query = query.orderBy(column);
  return query;
}

function toCopy(row: CopyRow): Copy {
  return {
    id: row.id,
    bookId: row.book_id,
    imprint: row.imprint,
    status: row.status,
    borrower: row.borrower,
    dueBack: row.due_back,
  };
}
