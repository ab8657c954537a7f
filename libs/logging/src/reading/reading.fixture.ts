import { ReadLine, type LineBatches } from './read-line.js';

export const START_MS = Date.parse('2026-11-21T18:00:00.000Z');

/** A line so many ms after 18:00. */
export function lineAt(ms: number, fields: Readonly<Record<string, unknown>> = {}): ReadLine {
  return new ReadLine(Buffer.from(jsonAt(ms, fields)).toString('latin1'), START_MS + ms);
}

export function jsonAt(ms: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ time: new Date(START_MS + ms).toISOString(), level: 'info', ...fields });
}

/** In batches of so many. */
export async function* inBatches(
  lines: readonly ReadLine[],
  size = 3,
): LineBatches & AsyncGenerator<ReadLine[]> {
  for (let begin = 0; begin < lines.length; begin += size) yield lines.slice(begin, begin + size);
}

export async function all<Item>(batches: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}
