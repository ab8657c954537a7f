import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import type { Reading } from '../readings/reading.js';

/** The heap of V8, under the names of prom-client, so that dashboards that are made for it work. */
export const HEAP_READINGS: readonly Reading[] = [
  {
    name: 'nodejs_heap_size_total_bytes',
    help: 'What V8 has reserved for the heap.',
    type: 'gauge',
    read: () => getHeapStatistics().total_heap_size,
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    help: 'What is in the heap, garbage included.',
    type: 'gauge',
    read: () => getHeapStatistics().used_heap_size,
  },
  {
    name: 'nodejs_heap_size_limit_bytes',
    help: 'Where V8 gives up and ends the process.',
    type: 'gauge',
    read: () => getHeapStatistics().heap_size_limit,
  },
  {
    name: 'nodejs_external_memory_bytes',
    help: 'What JavaScript holds outside the heap, Buffers included.',
    type: 'gauge',
    read: () => getHeapStatistics().external_memory,
  },
  {
    name: 'nodejs_heap_space_size_total_bytes',
    help: 'What V8 has reserved for each space of the heap.',
    type: 'gauge',
    label: 'space',
    read: () => bySpace(({ space_size: size }) => size),
  },
  {
    name: 'nodejs_heap_space_size_used_bytes',
    help: 'What is in each space of the heap.',
    type: 'gauge',
    label: 'space',
    read: () => bySpace(({ space_used_size: size }) => size),
  },
];

type HeapSpace = ReturnType<typeof getHeapSpaceStatistics>[number];

function bySpace(sizeOf: (space: HeapSpace) => number): Record<string, number> {
  const sizes = getHeapSpaceStatistics().map((space) => [
    space.space_name.replace(/_space$/, ''),
    sizeOf(space),
  ]);
  return Object.fromEntries(sizes);
}
