import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import { keepNewest } from '../last-words/write-last-words.js';

/** What became of a heap snapshot: where it is, or why there is none. */
export type HeapSnapshotOutcome =
  { readonly file: string; readonly whyNot: null } | { readonly file: null; readonly whyNot: string };

const ENDING = '.heapsnapshot';
const KEPT_FILES = 3;
/** A heap of 200 MB was measured to need 1.9 GB. */
const NEEDED_PER_HEAP_BYTE = 10;
const MEGABYTE = 1024 * 1024;

/**
 * Writes `<folder>/<bootId>.heapsnapshot` if there is memory enough, and keeps three. It stands the process still, some
 * 80 ms per MB of heap: only for one that serves nobody any more. A snapshot holds all strings of the heap, secrets too.
 * @param availableBytes what may still be occupied, in the container if there is one
 * @throws Error of the file system.
 */
export function writeHeapSnapshotIfRoom(
  folder: string,
  bootId: string,
  availableBytes: number = process.availableMemory(),
): HeapSnapshotOutcome {
  const neededBytes = getHeapStatistics().used_heap_size * NEEDED_PER_HEAP_BYTE;
  if (availableBytes < neededBytes) {
    const [needed, available] = [neededBytes, availableBytes].map((bytes) => Math.round(bytes / MEGABYTE));
    return { file: null, whyNot: `it needs ${needed} MB of memory, and ${available} MB are available` };
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Room on the disk first: each is several times as large as the heap.
  keepNewest(folder, ENDING, KEPT_FILES - 1);
  const file = join(folder, `${bootId}${ENDING}`);
  const unfinished = `${file}.tmp`;
  try {
    // Node makes it readable for its owner only.
    writeHeapSnapshot(unfinished);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  return { file, whyNot: null };
}
