import type { DecisionAction } from '../decisions/decision.js';

/** What the policy remembers of the past. Plain data: it is kept in a file, so that a new supervisor goes on with it. */
export interface History {
  /** Ends of workers that count against their budget, by the supervisor's clock: those that nobody asked for, and kills. */
  readonly ends: readonly { readonly pmId: number; readonly atMs: number }[];
  /** Workers that rest after a crash loop, or are on trial after that. */
  readonly parked: readonly ParkedWorker[];
  /** Whether something is being done at this moment. */
  readonly isActing: boolean;
}

export interface ParkedWorker {
  readonly pmId: number;
  /** How often in a row it has been parked; the cool-down doubles with it. */
  readonly times: number;
  readonly parkedAtMs: number;
  /** When its trial start was; null while it rests. */
  readonly triedAtMs: number | null;
}

export const emptyHistory: History = { ends: [], parked: [], isActing: false };

/** A worker ended and nobody had asked for it. */
export function afterEnd(history: History, pmId: number, atMs: number): History {
  return { ...history, ends: [...history.ends, { pmId, atMs }] };
}

/** Something is begun, by the policy or by a person. A kill counts as an end: a worker that always hangs is in a loop, too. */
export function afterIntent(
  history: History,
  { action, pmId }: { readonly action: DecisionAction; readonly pmId: number | null },
  atMs: number,
): History {
  if (action === 'alarm' || action === 'restart') return history;
  const begun: History = { ...history, isActing: true };
  if (pmId === null) return begun;
  if (action === 'kill') return afterEnd(begun, pmId, atMs);
  const before = parkedWorker(history, pmId);
  const others = history.parked.filter((parked) => parked !== before);
  if (action === 'park') {
    const times = (before?.times ?? 0) + 1;
    return { ...begun, parked: [...others, { pmId, times, parkedAtMs: atMs, triedAtMs: null }] };
  }
  if (action !== 'try' || !before) return begun;
  return { ...begun, parked: [...others, { ...before, triedAtMs: atMs }] };
}

/** A person has stopped a worker, so that it is neither at rest nor on trial any more. */
export function afterStop(history: History, pmId: number): History {
  return { ...history, parked: history.parked.filter((parked) => parked.pmId !== pmId) };
}

/** What was begun is over, well or not, or it was interrupted. */
export function afterOutcome(history: History): History {
  return { ...history, isActing: false };
}

export function parkedWorker(history: History, pmId: number): ParkedWorker | undefined {
  return history.parked.find((parked) => parked.pmId === pmId);
}

export function endsSince({ ends }: History, pmId: number, sinceMs: number): number {
  return ends.filter((end) => end.pmId === pmId && end.atMs > sinceMs).length;
}
