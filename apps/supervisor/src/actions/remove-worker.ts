import { whenStarted } from './when-started.js';
import { ActionFailedError, SEEN_TIMEOUT_MS, seconds, workerIn, type ActionTools } from './action.js';

/** pm2 forgets a removal if the worker ended by itself at that moment: it comes back within a second. */
const MAY_COME_BACK_MS = 2_000;
const MOST_TRIES = 5;

/**
 * Drains a worker and ends it, for good.
 * @returns how it went, as a clause
 * @throws ActionFailedError if pm2 brings it back again and again
 */
export async function removeWorker(tools: ActionTools, pmId: number): Promise<string> {
  const { watch } = tools;
  const startedAt = performance.now();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await removeIfListed(tools, pmId);
    const removedIn = seconds(performance.now() - startedAt);
    await watch.until(({ workers }) => !workerIn(workers, pmId) || undefined, SEEN_TIMEOUT_MS);
    const isBack = await watch.until(({ workers }) => workerIn(workers, pmId), MAY_COME_BACK_MS);
    if (!isBack) return `worker ${pmId} was drained in ${removedIn}`;
  }
  throw new ActionFailedError(`pm2 has brought worker ${pmId} back ${MOST_TRIES} times.`);
}

/** pm2 refuses to remove what it does not list. */
async function removeIfListed(tools: ActionTools, pmId: number): Promise<void> {
  const { processes } = tools;
  await whenStarted(tools, pmId);
  const isListed = (await processes.list()).some((process) => process.pmId === pmId);
  if (isListed) await processes.remove(pmId);
}
