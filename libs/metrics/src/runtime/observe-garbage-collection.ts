import { constants, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { Histogram, type Registry } from 'prom-client';

/** From a scavenge of a young generation to a collection that everybody notices. */
const BOUNDS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

const KINDS: ReadonlyMap<number, string> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

/** Times the collections of garbage. @returns the function that ends it */
export function observeGarbageCollection(registry: Registry): () => void {
  const durations = new Histogram({
    name: 'nodejs_gc_duration_seconds',
    help: 'Pauses for the collection of garbage, by kind: major, minor, incremental, weakcb.',
    labelNames: ['kind'],
    buckets: BOUNDS_SECONDS,
    registers: [registry],
  });
  for (const kind of KINDS.values()) durations.zero({ kind });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const kind = KINDS.get(kindOf(entry));
      if (kind !== undefined) durations.observe({ kind }, entry.duration / 1000);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

/** The types of Node 20 leave it out. */
function kindOf(entry: PerformanceEntry & { readonly detail?: unknown }): number {
  return (entry.detail as { readonly kind: number }).kind;
}
