import type { WorkerIdentity } from '../fleet/worker.js';
import type { Decision, DecisionAction, DecisionOutcome } from './decision.js';

const ACTIONS: Readonly<Record<DecisionAction, true>> = {
  replace: true,
  kill: true,
  park: true,
  try: true,
  reload: true,
  alarm: true,
  restart: true,
};
const RESULTS: Readonly<Record<DecisionOutcome['result'], true>> = {
  done: true,
  failed: true,
  interrupted: true,
};

/** A decision as text; undefined if it is not one. */
export function parseDecision(text: string): Decision | undefined {
  const value = tryParse(text);
  return isDecision(value) ? value : undefined;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDecision(value: unknown): value is Decision {
  if (!isObject(value)) return false;
  const { id, at, worker, action, reason, evidence, outcome, durationMs } = value;
  return (
    typeof id === 'string' &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    (worker === null || isWorker(worker)) &&
    isKeyOf(ACTIONS, action) &&
    typeof reason === 'string' &&
    isObject(evidence) &&
    (outcome === null
      ? durationMs === null
      : isOutcome(outcome) && typeof durationMs === 'number' && durationMs >= 0)
  );
}

function isWorker(value: unknown): value is WorkerIdentity {
  if (!isObject(value)) return false;
  const { pmId, pid, bootId } = value;
  return (
    typeof pmId === 'number' &&
    (pid === null || typeof pid === 'number') &&
    (bootId === null || typeof bootId === 'string')
  );
}

function isOutcome(value: unknown): value is DecisionOutcome {
  return isObject(value) && isKeyOf(RESULTS, value['result']) && typeof value['message'] === 'string';
}

function isKeyOf(table: Readonly<Record<string, true>>, value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(table, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
