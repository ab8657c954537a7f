import { sql } from 'kysely';
import type { SortOrder } from '../pagination/keyset.js';

/** What `sort` may be; a leading minus sorts downwards. */
export const BOOK_SORTS = ['id', '-id', 'title', '-title', 'publishedOn', '-publishedOn'] as const;
export type BookSort = (typeof BOOK_SORTS)[number];

const ID = sql.ref('books.id');

/** Each has an index of exactly these columns. Books without a date come first. */
const COLUMNS = {
  id: [ID],
  title: [sql.ref('books.title_key'), ID],
  publishedOn: [sql`coalesce(books.published_on, '')`, ID],
};

export function bookOrder(sort: BookSort): SortOrder {
  const downwards = sort.startsWith('-');
  const name = sort.replace('-', '') as keyof typeof COLUMNS;
  return { columns: COLUMNS[name], direction: downwards ? 'desc' : 'asc' };
}
