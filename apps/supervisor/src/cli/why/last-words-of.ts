import type { LastWords } from '@evernest/process-guard';
import type { Decision } from '../../decisions/decision.js';

/** What the worker said of its end, as the decision keeps it; null if it said nothing. */
export function lastWordsOf({ evidence }: Pick<Decision, 'evidence'>): LastWords | null {
  const words = evidence['lastWords'];
  return isLastWords(words) ? words : null;
}

function isLastWords(value: unknown): value is LastWords {
  if (typeof value !== 'object' || value === null) return false;
  const { cause, message, at } = value as Partial<LastWords>;
  return [cause, message, at].every((part) => typeof part === 'string');
}
