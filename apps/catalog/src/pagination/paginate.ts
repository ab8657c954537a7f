import { REQUEST_PROBLEMS } from '../http/http.problems.js';
import { decodeCursor, encodeCursor, type Position } from './cursor.js';
import type { Page } from './page.dto.js';

/** A list to be read: what identifies the query, how long its positions are, and where to start. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
  /** Everything that decides which rows come in which order. */
  readonly scope: string;
  readonly positionLength: number;
}

/** A row together with its place in the order. */
export interface Placed<Item> {
  readonly item: Item;
  readonly position: Position;
}

/**
 * Reads one page: `read` gets where to start and how many rows to fetch, which is one more than the page holds, to
 * see whether another follows. @throws CURSOR_INVALID for a cursor of another query, or one that was edited.
 */
export async function paginate<Item>(
  { limit, cursor, scope, positionLength }: PageRequest,
  read: (after: Position | undefined, count: number) => Promise<Placed<Item>[]>,
): Promise<Page<Item>> {
  const rows = await read(cursor === undefined ? undefined : start(cursor, scope, positionLength), limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(({ item }) => item),
    nextCursor: last ? encodeCursor(last.position, scope) : null,
  };
}

function start(cursor: string, scope: string, positionLength: number): Position {
  const position = decodeCursor(cursor, scope, positionLength);
  if (position) return position;
  throw REQUEST_PROBLEMS.CURSOR_INVALID({
    detail: 'Use the nextCursor of a page exactly as it was given, with the same filters and the same sort.',
    errors: [{ field: 'cursor', message: 'does not belong to this query, or was changed' }],
  });
}
