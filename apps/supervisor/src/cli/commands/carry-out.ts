import type { Decision } from '../../decisions/decision.js';
import { EXIT } from '../exit-codes.js';
import { askAndFollow } from '../follow/follow-decision.js';
import { duration } from '../output/durations.js';
import { InterruptedError } from './interrupted-error.js';
import type { CommandContext } from './command-context.js';

/** Has something done, shows its steps, and waits for its end: exit code 0 only if it was done. */
export async function carryOut(
  { output, api, surroundings }: CommandContext,
  what: string,
  ask: () => Promise<Decision>,
): Promise<number> {
  const { timing, signal } = surroundings;
  const startedAt = performance.now();
  let begun: Decision | undefined;
  try {
    const { outcome, durationMs, ...decision } = await askAndFollow(api, ask, {
      timing,
      signal,
      onBegin: (taken) => {
        begun = taken;
        output.step(`${what} has begun: decision ${taken.id}.`);
      },
      onStep: (message) => output.step(`  ${duration(performance.now() - startedAt)}: ${message}`),
    });
    if (output.isJson) output.json({ ...decision, outcome, durationMs });
    const took = durationMs === null ? '' : ` after ${duration(durationMs)}`;
    if (outcome.result === 'done') {
      if (!output.isJson) output.say(`Done${took}: ${outcome.message}`, 'green');
      return EXIT.done;
    }
    output.complain(`${what} ${WORDS[outcome.result]}${took}: ${outcome.message}`);
    return EXIT.refusedOrFailed;
  } catch (error) {
    if (signal.aborted && begun) throw new InterruptedError(begun.id);
    throw error;
  }
}

const WORDS = { failed: 'failed', interrupted: 'was interrupted' } as const;
