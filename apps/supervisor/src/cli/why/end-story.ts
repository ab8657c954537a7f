import type { LastWords } from '@evernest/process-guard';
import type { Decision, DecisionAction } from '../../decisions/decision.js';
import { endsOf } from '../../decisions/worker-end.js';
import { age } from '../output/durations.js';
import { moment, since } from '../output/moments.js';
import { cureSentences } from './cure-sentences.js';
import { endSentences } from './end-sentences.js';
import { lastWordsOf } from './last-words-of.js';

/** The last end of a worker. */
export interface EndOfWorker {
  readonly pmId: number;
  readonly decision: Decision;
  /** What was decided about this worker since, oldest first. */
  readonly later: readonly Decision[];
}

/** These end a worker, or tell that it ended; the others come after that. */
const ENDS: ReadonlySet<DecisionAction> = new Set(['restart', 'kill', 'replace', 'reload']);

/** @param decisions that concern this worker, newest first @returns null if it never ended */
export function lastEndOf(decisions: readonly Decision[], pmId: number): EndOfWorker | null {
  const told = decisions.findIndex((decision) => ENDS.has(decision.action));
  // Parked before its end was told of: then that is where the end is told.
  const index = told === -1 ? decisions.findIndex(({ action }) => action === 'park') : told;
  const decision = decisions[index];
  return decision ? { pmId, decision, later: decisions.slice(0, index).toReversed() } : null;
}

/** @param now ISO 8601 */
export function endStory({ pmId, decision, later }: EndOfWorker, now: string): readonly string[] {
  const { reason, evidence } = decision;
  const isExchanged = decision.action === 'reload';
  const words = isExchanged ? null : lastWordsOf(decision);
  const end = endsOf(decision).findLast((each) => each.pmId === pmId);
  const endedAt = words?.at ?? (isExchanged && end ? new Date(end.atMs).toISOString() : decision.at);
  const pid = decision.worker?.pid ?? end?.pid;
  return [
    `Worker ${pmId}${pid ? ` (process ${pid})` : ''} ended at ${moment(endedAt)}, ${age(since(endedAt, now))} ago.`,
    ...(isExchanged
      ? ['It was asked to leave, because new code was rolled out.']
      : whyItEnded(words, evidence)),
    `The decision ${decision.id} says: ${reason}`,
    ...cureSentences(decision),
    ...later.flatMap((next) => [`Then, at ${moment(next.at)}: ${next.reason}`, ...cureSentences(next)]),
  ];
}

function whyItEnded(words: LastWords | null, evidence: Decision['evidence']): readonly string[] {
  return words ? endSentences(words) : silentSentences(evidence);
}

function silentSentences({ lastWords }: Decision['evidence']): string[] {
  if (typeof lastWords === 'string')
    return ['Its last words were too long to be kept as evidence; they are in its file.'];
  return ['It left no last words: it was killed from outside, by the supervisor or by the kernel.'];
}
