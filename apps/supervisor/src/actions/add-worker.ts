import type { Worker } from '../fleet/worker.js';
import { removeWorker } from './remove-worker.js';
import { ActionFailedError, READY_TIMEOUT_MS, seconds, workerIn, type ActionTools } from './action.js';

/** A duplicate appears in pm2's list within some tens of ms. */
const APPEAR_TIMEOUT_MS = 10_000;

export interface NewWorkerConditions {
  /** How long it must stay ready and healthy. */
  readonly wellForMs: number;
  /** Looks for more than health tells, at the end of that time. @throws ActionFailedError */
  readonly inspect?: (worker: Worker) => Promise<void>;
}

/**
 * Adds a worker and watches it, by its own word and not by pm2's, until it has been well for a while.
 * @throws ActionFailedError if it was not; then it is gone again
 */
export async function addWorker(
  tools: ActionTools,
  { wellForMs, inspect }: NewWorkerConditions,
): Promise<Worker> {
  const { processes, watch, observer, progress } = tools;
  const known = new Set(observer.fleet().workers.map(({ pmId }) => pmId));
  // Its answer says no more than that pm2 has waited long enough.
  const added = processes.add().catch((error: unknown) => error);
  const newcomer = await watch.until(
    ({ workers }) => workers.find(({ pmId }) => !known.has(pmId)),
    APPEAR_TIMEOUT_MS,
  );
  if (!newcomer) {
    const error = await added;
    throw new ActionFailedError(
      `pm2 has added no worker${error instanceof Error ? `: ${error.message}` : ''}.`,
    );
  }
  try {
    const ready = await whenReady(tools, newcomer);
    progress(`worker ${ready.pmId} (pid ${ready.pid}) is ready after ${seconds(ready.ageMs ?? 0)}`);
    await staysWell(tools, ready, wellForMs);
    await inspect?.(ready);
    return ready;
  } catch (error) {
    await removeWorker(tools, newcomer.pmId).catch((failure: unknown) => {
      throw new ActionFailedError(`${messageOf(error)} ${messageOf(failure)}`, { cause: error });
    });
    throw error;
  } finally {
    await added;
  }
}

async function whenReady(tools: ActionTools, newcomer: Worker): Promise<Worker> {
  const found = await tools.watch.until<Worker | 'ended'>(({ workers }) => {
    const now = workerIn(workers, newcomer.pmId);
    if (!now || hasEnded(now, newcomer)) return 'ended';
    return now.isReady && now.bootId !== null ? now : undefined;
  }, READY_TIMEOUT_MS);
  if (found === 'ended') throw endedError(tools, newcomer, 'before it was ready');
  if (!found)
    throw new ActionFailedError(`The new worker was not ready within ${seconds(READY_TIMEOUT_MS)}.`);
  return found;
}

async function staysWell(tools: ActionTools, ready: Worker, forMs: number): Promise<void> {
  const trouble = await tools.watch.until<Worker | 'ended'>(({ workers }) => {
    const now = workerIn(workers, ready.pmId);
    if (!now || hasEnded(now, ready)) return 'ended';
    return isWell(now) ? undefined : now;
  }, forMs);
  if (trouble === 'ended') throw endedError(tools, ready, 'soon after it was ready');
  if (trouble) throw new ActionFailedError(`The new worker did not stay well: ${describeTrouble(trouble)}.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hasEnded(now: Worker, before: Worker): boolean {
  return now.pid !== before.pid || now.startedAtMs !== before.startedAtMs;
}

function isWell({ isReady, guard, silentForMs }: Worker): boolean {
  // One answer that is late is no sign yet.
  return (isReady || silentForMs > 0) && silentForMs < 2_000 && guard?.verdict === 'healthy';
}

function describeTrouble({ isReady, guard, silentForMs }: Worker): string {
  if (silentForMs >= 2_000) return `it has answered nothing for ${seconds(silentForMs)}`;
  if (guard && guard.verdict !== 'healthy') return guard.reason ?? `it says that it is ${guard.verdict}`;
  return isReady ? 'its health changed' : 'it was not ready any more';
}

function endedError({ whyItEnded }: ActionTools, worker: Worker, when: string): ActionFailedError {
  const why = whyItEnded(worker);
  return new ActionFailedError(`The new worker ended ${when}${why ? `: ${why}` : '.'}`);
}
