import type { Decision } from '../decisions/decision.js';
import { workerIn, type ActionTools } from './action.js';
import { removeWorker } from './remove-worker.js';

const LOOK_TIMEOUT_MS = 10_000;

/**
 * Brings to an end what a supervisor was doing when it was killed. It repeats nothing: what is still to be done, the policy or a
 * person decides anew.
 * @returns what was found and done, as a sentence
 */
export async function settleInterrupted(tools: ActionTools, decision: Decision): Promise<string> {
  const { watch, processes } = tools;
  const fleet = await watch.until((seen) => seen, LOOK_TIMEOUT_MS);
  const before = knownBefore(decision);
  const workers = fleet?.workers ?? [];
  const newcomers = before ? workers.filter(({ pmId }) => !before.includes(pmId)) : [];
  const old = decision.worker ? workerIn(workers, decision.worker.pmId) : undefined;

  switch (decision.action) {
    case 'replace': {
      const [newcomer] = newcomers;
      if (!old) return 'The old worker was gone, so the replacement was complete.';
      if (!newcomer) return 'No new worker had been started yet; nothing was changed.';
      if (newcomer.isReady) {
        const removed = await removeWorker(tools, old.pmId);
        return `The new worker ${newcomer.pmId} was ready, so the replacement was completed: ${removed}.`;
      }
      await removeWorker(tools, newcomer.pmId);
      return `The new worker ${newcomer.pmId} was not ready and was removed; the old one goes on.`;
    }
    case 'reload': {
      await processes.removeCanary();
      const oldOnes = workers.filter(({ pmId }) => before?.includes(pmId));
      // The old ones leave only once all new ones are well.
      const hadSucceeded = before !== undefined && oldOnes.length < before.length;
      for (const { pmId } of hadSucceeded ? oldOnes : newcomers) await removeWorker(tools, pmId);
      return hadSucceeded
        ? 'All new workers were well, so the roll-out was completed.'
        : 'All workers run the code that they ran before.';
    }
    default:
      return 'The supervisor was restarted meanwhile; what is left to do is decided anew.';
  }
}

/** The workers there were when it began. */
function knownBefore({ evidence }: Decision): readonly number[] | undefined {
  const { workersBefore } = evidence;
  return Array.isArray(workersBefore) ? workersBefore.filter((pmId) => Number.isInteger(pmId)) : undefined;
}
