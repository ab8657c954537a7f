import { Injectable } from '@nestjs/common';
import { Database } from '@evernest/database';
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

@Injectable()
export class CopiesRepository {
  constructor(private readonly database: Database<CatalogSchema>) {}

  async find(db: CatalogDb, id: number): Promise<Copy | undefined> {
    const row = await db.selectFrom('copies').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toCopy(row);
  }

  async list(
    db: CatalogDb,
    { book, status }: { readonly book?: number; readonly status?: CopyStatus },
    after: Position | undefined,
    count: number,
  ): Promise<Placed<Copy>[]> {
    let query = db.selectFrom('copies').selectAll().limit(count);
    if (book !== undefined) query = query.where('book_id', '=', book);
    if (status !== undefined) query = query.where('status', '=', status);
    if (after) query = query.where(isAfter(COPY_ORDER, after));
    for (const column of orderOf(COPY_ORDER)) query = query.orderBy(column);
    const rows = await query.execute();
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
    const row = await db
      .updateTable('copies')
      .set({ status: 'loaned', borrower, due_back: dueBack })
      .where('id', '=', id)
      .where('status', '=', 'available')
      .returningAll()
      .executeTakeFirst();
    return row && toCopy(row);
  }

  /** @returns undefined when the copy was not on loan. */
  async takeBack(db: CatalogDb, id: number): Promise<Copy | undefined> {
    const row = await db
      .updateTable('copies')
      .set({ status: 'available', borrower: null, due_back: null })
      .where('id', '=', id)
      .where('status', '=', 'loaned')
      .returningAll()
      .executeTakeFirst();
    return row && toCopy(row);
  }
}

function toCopy(row: Selectable<CatalogSchema['copies']>): Copy {
  return {
    id: row.id,
    bookId: row.book_id,
    imprint: row.imprint,
    status: row.status,
    borrower: row.borrower,
    dueBack: row.due_back,
  };
}
