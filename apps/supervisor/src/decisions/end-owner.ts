import type { LastWords } from '@evernest/process-guard';
import type { Decision } from './decision.js';
import type { WorkerEnd } from './worker-end.js';

/** Last words tell the uptime in whole seconds, and the start is taken from that. */
const ROUNDED_START_MS = 1000;
/** Two clocks are compared, and one may have been corrected. */
const CLOCK_TOLERANCE_MS = 1000;

/**
 * Whether a decision of the supervisor brought a process to its end: because the decision is about this process, or because it was asked
 * to stop while workers were being exchanged. One that failed or was interrupted owns nothing that ended after it.
 */
export function ownsEnd(decision: Decision, end: WorkerEnd, words: LastWords | undefined): boolean {
  switch (decision.action) {
    case 'kill':
      return isAbout(decision, end);
    case 'park':
      return isAbout(decision, end) || isSuccessor(decision, end);
    case 'replace':
      return (
        isAbout(decision, end) ||
        isSuccessor(decision, end) ||
        (words?.cause === 'asked' && wasSaidDuring(decision, words))
      );
    case 'reload':
      return isAbout(decision, end) || (words?.cause === 'asked' && wasSaidDuring(decision, words));
    case 'try':
    case 'alarm':
    case 'restart':
      return false;
    default:
      return decision.action satisfies never;
  }
}

/** Whether it was begun and ended by a roll-out, such as its canary, which is no worker of the fleet. */
export function broughtForth(decision: Decision, end: WorkerEnd): boolean {
  const isExchange = decision.action === 'replace' || decision.action === 'reload';
  const hasBegun = end.startedAtMs >= Date.parse(decision.at) - ROUNDED_START_MS;
  return isExchange && hasBegun && end.atMs <= lastMomentOf(decision);
}

function isAbout({ worker, at, outcome }: Decision, end: WorkerEnd): boolean {
  if (!worker || (outcome && outcome.result !== 'done')) return false;
  if (worker.bootId !== null && end.bootId !== null) return worker.bootId === end.bootId;
  return worker.pid === end.pid && end.startedAtMs <= Date.parse(at);
}

/** A worker that ends by itself while it is being removed is started once more by pm2, and that process is removed. */
function isSuccessor(decision: Decision, end: WorkerEnd): boolean {
  return (
    decision.worker?.pmId === end.pmId &&
    decision.outcome?.result !== 'failed' &&
    end.startedAtMs >= Date.parse(decision.at) &&
    end.atMs <= lastMomentOf(decision)
  );
}

function wasSaidDuring(decision: Decision, words: LastWords): boolean {
  const saidAtMs = Date.parse(words.at);
  return saidAtMs >= Date.parse(decision.at) && saidAtMs <= lastMomentOf(decision);
}

function lastMomentOf({ at, durationMs }: Decision): number {
  return durationMs === null ? Number.POSITIVE_INFINITY : Date.parse(at) + durationMs + CLOCK_TOLERANCE_MS;
}
