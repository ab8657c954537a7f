import { ActionFailedError, type ActionTools } from '../actions/action.js';
import { addWorker } from '../actions/add-worker.js';
import { removeWorker } from '../actions/remove-worker.js';
import type { Worker } from '../fleet/worker.js';
import { watchCanary } from './canary.js';
import { assertNoServerErrors } from './server-errors.js';

export interface RollOutOptions {
  /** What the canary is asked; cheap reads that must be answered with 200. */
  readonly canaryPaths: readonly string[];
  /** How long the canary works before any client meets the new code, in ms. @default 10000 */
  readonly canaryMs: number;
  /** How long the first new worker is watched under traffic, in ms. @default 5000 */
  readonly firstWorkerMs: number;
  /** How long each further one, in ms. @default 2000 */
  readonly nextWorkerMs: number;
}

/**
 * Brings the code that is on disk to all workers: first in a process that nobody can reach, then one new worker at a time beside the
 * old ones, which leave only when all new ones are well. Whatever fails before that, the new ones go and the old code serves on.
 * @returns how it went, as a sentence
 * @throws ActionFailedError
 */
export async function rollOut(tools: ActionTools, options: RollOutOptions): Promise<string> {
  const old = tools.observer.fleet().workers.filter(({ state }) => state !== 'stopped');
  if (old.length === 0) throw new ActionFailedError('There is no worker that could be replaced.');
  await watchCanary(tools, { paths: options.canaryPaths, watchForMs: options.canaryMs });
  await addAll(tools, old.length, options);
  for (const { pmId } of old) tools.progress(await removeWorker(tools, pmId));
  return `All ${old.length} workers run the new code.`;
}

/** All or none. */
async function addAll(tools: ActionTools, count: number, options: RollOutOptions): Promise<void> {
  const added: Worker[] = [];
  try {
    while (added.length < count) {
      const worker = await addWorker(tools, {
        wellForMs: added.length === 0 ? options.firstWorkerMs : options.nextWorkerMs,
        inspect: (newcomer) => assertNoServerErrors(tools, newcomer),
      });
      added.push(worker);
      tools.progress(`${added.length} of ${count} new workers are well`);
    }
  } catch (error) {
    for (const { pmId } of added) tools.progress(await removeWorker(tools, pmId));
    throw error;
  }
}
