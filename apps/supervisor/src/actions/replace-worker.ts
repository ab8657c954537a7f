import { assertNoServerErrors } from '../rollout/server-errors.js';
import { addWorker } from './add-worker.js';
import { removeWorker } from './remove-worker.js';
import type { ActionTools } from './action.js';

/** Long enough for three looks; the old worker is in trouble and cannot wait for long. */
const WELL_FOR_MS = 2_000;

/**
 * Replaces a worker, new before old.
 * @returns how it went, as a sentence
 * @throws ActionFailedError if the new one was not well; then the old one goes on
 */
export async function replaceWorker(tools: ActionTools, pmId: number): Promise<string> {
  const newcomer = await addWorker(tools, {
    wellForMs: WELL_FOR_MS,
    inspect: (worker) => assertNoServerErrors(tools, worker),
  });
  const removed = await removeWorker(tools, pmId);
  return `Worker ${newcomer.pmId} (pid ${newcomer.pid}) serves in its place; ${removed}.`;
}
