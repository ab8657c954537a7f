import { sql, type RawBuilder } from 'kysely';
import type { SortOrder } from '../pagination/keyset.js';

/** What `sort` may be; a leading minus sorts downwards. */
export const BOOK_SORTS = ['id', '-id', 'title', '-title', 'publishedOn', '-publishedOn'] as const;
export type BookSort = (typeof BOOK_SORTS)[number];

type SortName = 'id' | 'title' | 'publishedOn';

/** What comes before the id in each order; an index of `books` has exactly these columns. Books without a date come first. */
const KEYS: Readonly<Record<SortName, RawBuilder<unknown>[]>> = {
  id: [],
  title: [sql.ref('books.title_key')],
  publishedOn: [sql.ref('books.published_key')],
};

/** `id` is whichever column holds the book's id in the query: that of the table which narrows it down most. */
export function bookOrder(sort: BookSort, id: RawBuilder<unknown> = sql.ref('books.id')): SortOrder {
  const downwards = sort.startsWith('-');
  const name = (downwards ? sort.slice(1) : sort) as SortName;
  return { columns: [...KEYS[name], id], direction: downwards ? 'desc' : 'asc' };
}
