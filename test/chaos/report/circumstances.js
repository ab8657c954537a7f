import { seconds } from './text.js';

/** What a reader has to know of the machine to judge times. */
export function circumstancesOf({ startMs, stolenPercent = 0 }) {
  if (!startMs) return undefined;
  const start = `a worker took ${seconds(startMs)} to start`;
  return stolenPercent < 1 ? start : `${start}, and other machines took ${stolenPercent} % of the processors`;
}
