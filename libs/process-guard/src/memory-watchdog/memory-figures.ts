import { performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

/** What the process occupies at one moment. */
export interface MemoryFigures {
  /** Monotonic, `performance.now()`. */
  readonly atMs: number;
  readonly rssBytes: number;
  /** What counts towards the heap's limit: all of it but the young generation. */
  readonly heapUsedBytes: number;
  /** What JavaScript holds outside the heap, Buffers included. */
  readonly externalBytes: number;
}

/** Reads the figures; about 10 µs. */
export function readMemoryFigures(): MemoryFigures {
  const heap = getHeapStatistics();
  let young = 0;
  for (const { space_name: name, space_used_size: bytes } of getHeapSpaceStatistics()) {
    if (name === 'new_space' || name === 'new_large_object_space') young += bytes;
  }
  return {
    atMs: performance.now(),
    rssBytes: process.memoryUsage.rss(),
    heapUsedBytes: heap.used_heap_size - young,
    // Node counts array buffers, and so Buffers, in here too.
    externalBytes: heap.external_memory,
  };
}

/** What JavaScript holds, in the heap and outside. */
export function heldBytes({ heapUsedBytes, externalBytes }: MemoryFigures): number {
  return heapUsedBytes + externalBytes;
}
