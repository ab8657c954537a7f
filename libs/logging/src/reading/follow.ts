import { setTimeout as pause } from 'node:timers/promises';
import type { LogTail } from './log-tail.js';
import type { ReadLine } from './read-line.js';
import { ReorderBuffer } from './reorder-buffer.js';

/** A line waits for one look or two: so late may the lines of another process come that belong before it. */
const LOOK_EVERY_MS = 500;

/** What is written to these logs from now on, in the order of time, until the signal. Closes them. */
export async function* follow(
  tails: readonly LogTail[],
  signal: AbortSignal,
): AsyncGenerator<readonly ReadLine[], void, undefined> {
  const buffer = new ReorderBuffer();
  try {
    while (!signal.aborted) {
      for (const tail of tails) {
        for await (const lines of tail.newLines()) yield buffer.add(lines);
      }
      yield buffer.takeSettled();
      // Aborted, it has waited long enough.
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await Promise.all(tails.map((tail) => tail.close()));
  }
}
