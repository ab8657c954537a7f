import type { Fleet } from '../fleet/worker.js';
import { endsSince, type History, type ParkedWorker } from './history.js';
import type { PolicyOptions } from './policy-options.js';

/**
 * Brings the history up to what is seen, and forgets what no longer matters; for each look at the fleet, before `decide`. What
 * counts is how a worker is: one that was to rest and runs is on trial, one whose trial start did not succeed rests again. What is
 * later than now was noted before the clock was set back.
 */
export function settle(
  history: History,
  { workers, atMs }: Fleet,
  { budgetWindowMs }: PolicyOptions,
): History {
  const recent = history.ends
    .map((end) => ({ ...end, atMs: Math.min(end.atMs, atMs) }))
    .filter((end) => end.atMs > atMs - 2 * budgetWindowMs);
  const unseen = workers.filter(
    ({ pmId, state }) => state === 'crashed' && !recent.some((end) => end.pmId === pmId),
  );
  const settled = { ...history, ends: [...recent, ...unseen.map(({ pmId }) => ({ pmId, atMs }))] };
  if (history.isActing) return settled;

  const parked = history.parked.map(notAfter(atMs)).flatMap((each) => {
    const state = workers.find(({ pmId }) => pmId === each.pmId)?.state;
    if (each.triedAtMs === null) return state === 'online' ? [{ ...each, triedAtMs: atMs }] : [each];
    if (state === 'stopped') return [{ ...each, parkedAtMs: atMs, triedAtMs: null }];
    const quietSinceMs = atMs - budgetWindowMs;
    const hasStayed =
      state === 'online' &&
      each.triedAtMs <= quietSinceMs &&
      endsSince(settled, each.pmId, quietSinceMs) === 0;
    return hasStayed ? [] : [each];
  });
  return { ...settled, parked };
}

function notAfter(nowMs: number) {
  return (parked: ParkedWorker): ParkedWorker => ({
    ...parked,
    parkedAtMs: Math.min(parked.parkedAtMs, nowMs),
    triedAtMs: parked.triedAtMs === null ? null : Math.min(parked.triedAtMs, nowMs),
  });
}
