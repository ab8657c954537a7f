import { performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

/** None left to the process, or to the whole machine. */
const OUT_OF_DESCRIPTORS = new Set<string | undefined>(['EMFILE', 'ENFILE']);

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
    rssBytes: residentBytes(),
    heapUsedBytes: heap.used_heap_size - young,
    // Node counts array buffers, and so Buffers, in here too.
    externalBytes: heap.external_memory,
  };
}

/** Of the last time that a descriptor was left to read it with. */
let knownResidentBytes = 0;

function residentBytes(): number {
  try {
    knownResidentBytes = process.memoryUsage.rss();
  } catch (error) {
    if (!OUT_OF_DESCRIPTORS.has((error as NodeJS.ErrnoException).code)) throw error;
  }
  return knownResidentBytes;
}

/** What JavaScript holds, in the heap and outside. */
export function heldBytes({ heapUsedBytes, externalBytes }: MemoryFigures): number {
  return heapUsedBytes + externalBytes;
}
