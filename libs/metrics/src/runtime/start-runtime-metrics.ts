import type { Registry } from 'prom-client';
import { registerReading } from '../readings/register-reading.js';
import { eventLoopReadings } from './event-loop-readings.js';
import { EventLoopWindows } from './event-loop-windows.js';
import { HEAP_READINGS } from './heap-readings.js';
import { observeGarbageCollection } from './observe-garbage-collection.js';
import { PROCESS_READINGS } from './process-readings.js';

/**
 * Puts process, heap, event loop and garbage collection into the registry. prom-client's `collectDefaultMetrics` starts the same
 * without a way to stop it, and has names that `promtool check metrics` rejects.
 * @returns the function that stops what it started
 */
export function startRuntimeMetrics(registry: Registry): () => void {
  const loop = new EventLoopWindows();
  for (const reading of [...PROCESS_READINGS, ...HEAP_READINGS, ...eventLoopReadings(loop)])
    registerReading(registry, reading);
  const stopObserving = observeGarbageCollection(registry);
  return () => {
    loop.stop();
    stopObserving();
  };
}
