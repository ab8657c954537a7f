import { endsSince, parkedWorker, type History } from './history.js';
import type { PolicyOptions } from './policy-options.js';

/** @returns how many more ends of this worker are allowed now; at 0 it is parked. A worker on trial may not end once. */
export function budgetLeft(history: History, pmId: number, atMs: number, options: PolicyOptions): number {
  const parked = parkedWorker(history, pmId);
  if (!parked) return Math.max(0, options.budget - endsSince(history, pmId, atMs - options.budgetWindowMs));
  return parked.triedAtMs === null || endsSince(history, pmId, parked.triedAtMs) > 0 ? 0 : 1;
}

/** How long a worker rests that is parked for the nth time in a row. */
export function coolDownMs(times: number, options: PolicyOptions): number {
  return Math.min(options.coolDownMs * 2 ** (times - 1), options.longestCoolDownMs);
}
