import type { Decision } from '../decisions/decision.js';

/** Why the processes ended that a decision is about, one for each; what is not told is `unknown`. */
export function endCausesOf({ evidence }: Pick<Decision, 'evidence'>): string[] {
  const { ends } = evidence;
  return Array.isArray(ends) ? ends.map(causeOf) : [];
}

function causeOf(end: unknown): string {
  const cause = typeof end === 'object' && end !== null && 'cause' in end ? end.cause : undefined;
  return typeof cause === 'string' ? cause : 'unknown';
}
