import type { ReadLine } from './read-line.js';

/** Not their difference: between two times of -Infinity, before the first that is known, there is none. */
export function compareTimes(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

export function byTime(one: ReadLine, other: ReadLine): number {
  return compareTimes(one.timeMs, other.timeMs);
}
