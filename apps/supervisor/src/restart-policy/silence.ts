import type { Worker } from '../fleet/worker.js';
import type { PolicyOptions } from './policy-options.js';

/**
 * Whether a worker has been silent for this part of what it may be. One that has never answered may still be starting, so its
 * process must be old enough as well; the silence alone would not do, because a new supervisor has heard of nobody yet.
 */
export function isSilent(worker: Worker, options: PolicyOptions, part = 1): boolean {
  const { state, silentForMs, guard, ageMs } = worker;
  if (state !== 'online' || silentForMs < options.silenceLimitMs * part) return false;
  return guard !== null || (ageMs !== null && ageMs >= options.startLimitMs * part);
}
