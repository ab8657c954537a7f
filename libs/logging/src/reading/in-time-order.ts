import type { LineBatches, ReadLine } from './read-line.js';
import { ReorderBuffer, type ReorderWindow } from './reorder-buffer.js';

/** Sorts the lines of one file, which are nearly sorted. One that is late by more than the window comes late. */
export async function* inTimeOrder(
  batches: LineBatches,
  window?: ReorderWindow,
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const buffer = new ReorderBuffer(window);
  for await (const batch of batches) {
    const lines = buffer.add(batch);
    if (lines.length > 0) yield lines;
  }
  yield buffer.takeAll();
}
