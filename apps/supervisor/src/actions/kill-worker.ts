import type { Worker } from '../fleet/worker.js';
import { ActionFailedError, READY_TIMEOUT_MS, seconds, workerIn, type ActionTools } from './action.js';

/**
 * Kills a worker that is beyond draining; pm2 starts it again.
 * @returns how it went, as a sentence
 * @throws ActionFailedError if it is another process by now, or none comes after it
 */
export async function killWorker(tools: ActionTools, { pmId, pid }: Worker): Promise<string> {
  const now = (await tools.processes.list()).find((process) => process.pmId === pmId);
  if (pid === null || now?.pid !== pid) throw new ActionFailedError(`Worker ${pmId} had ended by itself.`);
  const startedAt = performance.now();
  process.kill(pid, 'SIGKILL');
  const successor = await whenReadyAgain(tools, pmId, pid);
  return `Process ${pid} was killed; process ${successor.pid} was ready ${seconds(performance.now() - startedAt)} later.`;
}

/** @throws ActionFailedError after half a minute */
async function whenReadyAgain({ watch }: ActionTools, pmId: number, formerPid: number): Promise<Worker> {
  const successor = await watch.until(({ workers }) => {
    const now = workerIn(workers, pmId);
    return now?.isReady && now.pid !== formerPid ? now : undefined;
  }, READY_TIMEOUT_MS);
  if (successor) return successor;
  throw new ActionFailedError(`Worker ${pmId} was not ready again within ${seconds(READY_TIMEOUT_MS)}.`);
}
