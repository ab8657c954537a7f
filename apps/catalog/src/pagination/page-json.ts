import { JsonText } from '../http/json-text.js';
import type { Page } from './page.dto.js';

/** A page of items that are JSON already. */
export function pageJson<Item>({ items, nextCursor }: Page<JsonText<Item>>): JsonText<Page<Item>> {
  const texts = items.map(({ text }) => text);
  return new JsonText(`{"items":[${texts.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`);
}
