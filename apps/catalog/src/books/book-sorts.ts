import { sql, type RawBuilder } from 'kysely';
import type { SortOrder } from '../pagination/keyset.js';

/** What `sort` may be; a leading minus sorts downwards. */
export const BOOK_SORTS = ['id', '-id', 'title', '-title', 'publishedOn', '-publishedOn'] as const;
export type BookSort = (typeof BOOK_SORTS)[number];

type SortName = 'id' | 'title' | 'publishedOn';

type PositionColumn = 'title_key' | 'published_key' | 'id';

/** An index of `books` has exactly these columns. Books without a date come first. */
const POSITION_COLUMNS: Readonly<Record<SortName, readonly PositionColumn[]>> = {
  id: ['id'],
  title: ['title_key', 'id'],
  publishedOn: ['published_key', 'id'],
};

/** The columns of `books` whose values are a book's position in an order. */
export function positionColumns(sort: BookSort): readonly PositionColumn[] {
  return POSITION_COLUMNS[sort.replace('-', '') as SortName];
}

/** `id` is whichever column holds the book's id in the query: that of the table which narrows it down most. */
export function bookOrder(sort: BookSort, id: RawBuilder<unknown> = sql.ref('books.id')): SortOrder {
  const columns = positionColumns(sort).map((column) => (column === 'id' ? id : sql.ref(`books.${column}`)));
  return { columns, direction: sort.startsWith('-') ? 'desc' : 'asc' };
}
