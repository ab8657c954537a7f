import type { EndCause } from '@evernest/process-guard';
import type { Decision, DecisionAction } from '../../decisions/decision.js';
import { lastWordsOf } from './last-words-of.js';

const CAUSES: Readonly<Record<EndCause, string>> = {
  'fatal-error': 'fatal error',
  hang: 'hang',
  memory: 'memory',
  descriptors: 'descriptors',
  'start-failed': 'failed start',
  asked: 'asked to stop',
};

const ACTIONS: Readonly<Record<DecisionAction, string>> = {
  replace: 'replaced',
  kill: 'killed',
  park: 'parked',
  try: 'trial start',
  reload: 'reloaded',
  alarm: 'alarm',
  restart: 'ended by itself',
};

/** A word or two: `hang`, `killed`. A cause that this version does not know is shown as it is. */
export function endCauseOf(decision: Pick<Decision, 'action' | 'evidence'>): string {
  const words = lastWordsOf(decision);
  return words ? (CAUSES[words.cause] ?? words.cause) : (ACTIONS[decision.action] ?? decision.action);
}
