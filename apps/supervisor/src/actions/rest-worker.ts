import type { Worker } from '../fleet/worker.js';
import { whenStarted } from './when-started.js';
import { ActionFailedError, READY_TIMEOUT_MS, seconds, workerIn, type ActionTools } from './action.js';

const MAY_COME_BACK_MS = 2_000;
const MOST_TRIES = 5;

/**
 * Ends a worker that crashes again and again; the others go on.
 * @returns how it went, as a sentence
 * @throws ActionFailedError if pm2 starts it again and again
 */
export async function parkWorker(tools: ActionTools, pmId: number): Promise<string> {
  await stopForGood(tools, pmId);
  return `Worker ${pmId} rests; the others serve.`;
}

/** pm2 forgets a stop if the worker ended by itself at that moment. */
async function stopForGood(tools: ActionTools, pmId: number): Promise<void> {
  const { processes, watch } = tools;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await whenStarted(tools, pmId);
    await processes.stop(pmId);
    const isBack = await watch.until(
      ({ workers }) => workerIn(workers, pmId)?.state !== 'stopped' || undefined,
      MAY_COME_BACK_MS,
    );
    if (!isBack) return;
  }
  throw new ActionFailedError(`pm2 has started worker ${pmId} again ${MOST_TRIES} times.`);
}

/**
 * Starts a worker that has rested, once: if it ends again, it rests again.
 * @returns how it went, as a sentence
 * @throws ActionFailedError
 */
export async function tryWorker(tools: ActionTools, pmId: number): Promise<string> {
  const { processes, watch, whyItEnded } = tools;
  const startedAt = performance.now();
  const started = processes.start(pmId).catch((error: unknown) => error);
  let trial: Worker | undefined;
  const seen = await watch.until<Worker | 'ended'>(({ workers }) => {
    const now = workerIn(workers, pmId);
    if (trial && now?.pid !== trial.pid) return 'ended';
    if (now?.pid) trial = now;
    return now?.isReady ? now : undefined;
  }, READY_TIMEOUT_MS);
  if (seen !== undefined && seen !== 'ended') {
    return `Worker ${pmId} (pid ${seen.pid}) was ready after ${seconds(performance.now() - startedAt)}.`;
  }
  await started;
  await stopForGood(tools, pmId);
  const why = trial && whyItEnded(trial);
  throw new ActionFailedError(
    seen
      ? `Worker ${pmId} ended again${why ? `: ${why}` : '.'}`
      : `Worker ${pmId} was not ready within ${seconds(READY_TIMEOUT_MS)}, and was stopped.`,
  );
}
