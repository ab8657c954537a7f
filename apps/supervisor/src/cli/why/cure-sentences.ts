import type { Decision } from '../../decisions/decision.js';
import { duration } from '../output/durations.js';

/** What was done about it, and how long that took. */
export function cureSentences({ action, outcome, durationMs }: Decision): readonly string[] {
  // Nobody decided anything: what became of it is all there is to tell.
  if (action === 'restart' && outcome?.result === 'done') return [outcome.message];
  const done = deed(action);
  if (!outcome) return [`${done} That is under way.`];
  const time = durationMs === null ? '' : ` after ${duration(durationMs)}`;
  switch (outcome.result) {
    case 'done':
      return [`${done} Done${time}: ${outcome.message}`];
    case 'failed':
      return [`${done} That failed${time}: ${outcome.message}`];
    case 'interrupted':
      return [`${done} The supervisor ended meanwhile${time}: ${outcome.message}`];
    default:
      return [`${done} ${String(outcome.result satisfies never)}${time}: ${outcome.message}`];
  }
}

function deed(action: Decision['action']): string {
  switch (action) {
    case 'restart':
      return 'The supervisor had no part in it.';
    case 'kill':
      return 'The supervisor killed it, and pm2 started it again.';
    case 'replace':
      return 'The supervisor put a new worker in its place, new before old.';
    case 'park':
      return 'The supervisor parked it: it ended too often and rests for a while.';
    case 'try':
      return 'The supervisor gave it one trial start.';
    case 'reload':
      return 'The supervisor rolled out new code.';
    case 'alarm':
      return 'The supervisor did nothing but raise an alarm.';
    default:
      return `The supervisor did this: ${String(action satisfies never)}.`;
  }
}
