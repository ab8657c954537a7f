import type { LineBatches, ReadLine } from './read-line.js';

/** The last so many lines, at least one; twice as many are held at most. */
export async function lastLines(batches: LineBatches, count: number): Promise<readonly ReadLine[]> {
  const last: ReadLine[] = [];
  for await (const batch of batches) {
    for (const line of batch) last.push(line);
    if (last.length > 2 * count + batch.length) last.splice(0, last.length - count);
  }
  return last.slice(-count);
}
