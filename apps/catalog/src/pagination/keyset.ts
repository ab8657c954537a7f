import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Position } from './cursor.js';

/** A total order of rows: the last column is the id, so no two rows are equal. */
export interface SortOrder {
  readonly columns: readonly RawBuilder<unknown>[];
  readonly direction: 'asc' | 'desc';
}

/** True for rows that come after `position`; the index on these columns starts right there. */
export function isAfter({ columns, direction }: SortOrder, position: Position): RawBuilder<SqlBool> {
  const comparison = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<SqlBool>`(${sql.join(columns)}) ${comparison} (${sql.join([...position])})`;
}

/** The same order as an `order by` clause. */
export function orderOf({ columns, direction }: SortOrder): RawBuilder<unknown>[] {
  return columns.map((column) => sql`${column} ${sql.raw(direction)}`);
}
