import { getHeapStatistics } from 'node:v8';

/** A leak of 50 MB a second gains 10 MB in between, which is less than a Map of a heap of 256 MB leaves until it doubles. */
const EVERY_MS = 200;

/**
 * Looks at a heap more often than once a second as long as it holds that much; the question alone costs half a
 * microsecond.
 * @returns what stops it.
 */
export function lookClosely(fromHeapBytes: number, look: () => void): () => void {
  const timer = setInterval(() => {
    if (getHeapStatistics().used_heap_size >= fromHeapBytes) look();
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
