import { exactly, like, within } from './bounds.js';
import { withinAStart } from './replacement.js';

const HANG_TIMEOUT_MS = 2_000;

/** What a hang goes unnoticed without. */
export const withoutHangWatchdog = {
  part: 'the hang watchdog',
  variables: { GUARD_HANG_TIMEOUT_MS: '0' },
};

/** @param {{ place?: RegExp }} [wanted] what the stack on record has to name */
export async function expectKilledAsHung(trial, pid, { place } = {}) {
  const endedAfterMs = await trial.endOf(pid);
  const { capacityMs, lost } = await trial.over();
  const words = trial.records.lastWordsOf(pid);

  trial.expect('killed after', endedAfterMs, within(HANG_TIMEOUT_MS + 500));
  trial.expect('full capacity later', capacityMs - endedAfterMs, withinAStart(trial, 3_000));
  trial.expect('cause on record', words?.cause, exactly('hang'));
  trial.expect('request on record', words?.request?.route, exactly('/books/:id'));
  if (place) trial.expect('place on record', words?.stack ?? undefined, like(place));
  trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
}
