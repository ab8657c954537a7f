import { EXIT } from '../exit-codes.js';
import { endStory, lastEndOf } from '../why/end-story.js';
import { lastWordsOf } from '../why/last-words-of.js';
import type { CommandContext } from './command-context.js';

/** A crash loop and what was done about it fit in. */
const LOOKED_AT = 100;

/** Tells the last end of a worker, also of one that is no more. */
export async function explainEnd({ api, output }: CommandContext, pmId: number): Promise<number> {
  const end = lastEndOf(await api.decisions(LOOKED_AT, pmId), pmId);
  // Refused if there is no such worker and never was.
  if (!end) await api.worker(pmId);
  const sentences = end
    ? endStory(end, new Date().toISOString())
    : [`Worker ${pmId} has not ended as far as the supervisor remembers.`];
  if (output.isJson) {
    const lastWords = end && lastWordsOf(end.decision);
    output.json({ pmId, decision: end?.decision ?? null, lastWords, later: end?.later ?? [], sentences });
  } else {
    for (const sentence of sentences) output.say(sentence);
  }
  return EXIT.done;
}
