import { constants, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { readMemoryFigures, type MemoryFigures } from './memory-figures.js';

/**
 * Tells what the process holds after each major collection: that is the floor, because what is left was reachable.
 * Node tells of collections one turn of the event loop later, so a busy loop sees them late and several as one.
 * @returns what stops it.
 */
export function watchHeapFloor(onFloor: (figures: MemoryFigures) => void): () => void {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor)) onFloor(readMemoryFigures());
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

/** The types leave out what entries of this kind carry. */
function isMajor(entry: PerformanceEntry): boolean {
  return (
    (entry as PerformanceEntry & { detail?: { kind?: number } }).detail?.kind ===
    constants.NODE_PERFORMANCE_GC_MAJOR
  );
}
