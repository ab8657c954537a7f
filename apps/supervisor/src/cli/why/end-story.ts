import type { Decision, DecisionAction } from '../../decisions/decision.js';
import { age } from '../output/durations.js';
import { moment, since } from '../output/moments.js';
import { cureSentences } from './cure-sentences.js';
import { endSentences } from './end-sentences.js';
import { lastWordsOf } from './last-words-of.js';

/** The last end of a worker. */
export interface EndOfWorker {
  readonly decision: Decision;
  /** What was decided about this worker since, oldest first. */
  readonly later: readonly Decision[];
}

/** These end a worker, or tell that it ended; the others come after that. */
const ENDS: ReadonlySet<DecisionAction> = new Set(['restart', 'kill', 'replace']);

/** @param decisions of this worker, newest first @returns null if it never ended */
export function lastEndOf(decisions: readonly Decision[]): EndOfWorker | null {
  const told = decisions.findIndex((decision) => ENDS.has(decision.action));
  // Parked before its end was told of: then that is where the end is told.
  const index = told === -1 ? decisions.findIndex(({ action }) => action === 'park') : told;
  const decision = decisions[index];
  return decision ? { decision, later: decisions.slice(0, index).toReversed() } : null;
}

/** @param now ISO 8601 */
export function endStory({ decision, later }: EndOfWorker, now: string): readonly string[] {
  const { worker, at, reason, evidence } = decision;
  const words = lastWordsOf(decision);
  const endedAt = words?.at ?? at;
  const pid = worker?.pid ? ` (process ${worker.pid})` : '';
  return [
    `Worker ${worker?.pmId ?? '?'}${pid} ended at ${moment(endedAt)}, ${age(since(endedAt, now))} ago.`,
    ...(words ? endSentences(words) : silentSentences(evidence)),
    `The decision ${decision.id} says: ${reason}`,
    ...cureSentences(decision),
    ...later.flatMap((next) => [`Then, at ${moment(next.at)}: ${next.reason}`, ...cureSentences(next)]),
  ];
}

function silentSentences({ lastWords }: Decision['evidence']): string[] {
  if (typeof lastWords === 'string')
    return ['Its last words were too long to be kept as evidence; they are in its file.'];
  return ['It left no last words: it was killed from outside, by the supervisor or by the kernel.'];
}
