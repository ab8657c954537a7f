import { setTimeout as delay } from 'node:timers/promises';
import { ActionFailedError, READY_TIMEOUT_MS, seconds, type ActionTools } from '../actions/action.js';
import type { WorkerDoor } from '../fleet/worker-door.js';
import { askGuard, askReady } from '../fleet/worker-health.js';
import type { ManagedProcess } from '../pm2/process-manager.js';

export interface CanaryOptions {
  /** What it is asked while it is watched: cheap reads that must be answered with 200. */
  readonly paths: readonly string[];
  /** How long it is watched once it is ready, in ms. */
  readonly watchForMs: number;
}

/** Twenty requests a second: enough for a leak or a slow start to show, little enough to burden nobody. */
const ASK_EVERY_MS = 50;
const ANSWER_TIMEOUT_MS = 2_000;
const LOOK_EVERY_MS = 250;

/**
 * Starts the code that is on disk in a process that no client can reach, and makes it work for a while through its service door.
 * It is gone afterwards, however it went.
 * @throws ActionFailedError if it is not fit to serve
 */
export async function watchCanary(tools: ActionTools, { paths, watchForMs }: CanaryOptions): Promise<void> {
  const { processes, progress, openDoor } = tools;
  await processes.removeCanary();
  progress('starting a canary that no client can reach');
  const canary = await processes.startCanary();
  const door = openDoor(canary);
  try {
    await whenReady(tools, canary, door);
    progress(
      `the canary (pid ${canary.pid}) is ready; asking it ${paths.join(', ')} for ${seconds(watchForMs)}`,
    );
    await putToWork(tools, canary, door, { paths, watchForMs });
    progress('the canary stayed well');
  } finally {
    door.close();
    await processes.removeCanary();
  }
}

async function whenReady(tools: ActionTools, canary: ManagedProcess, door: WorkerDoor): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (await askReady(door).catch(() => false)) return;
    await assertAlive(tools, canary, 'before it was ready');
    await delay(LOOK_EVERY_MS);
  }
  throw new ActionFailedError(`The canary was not ready within ${seconds(READY_TIMEOUT_MS)}.`);
}

async function putToWork(
  tools: ActionTools,
  canary: ManagedProcess,
  door: WorkerDoor,
  { paths, watchForMs }: CanaryOptions,
): Promise<void> {
  const deadline = performance.now() + watchForMs;
  for (let turn = 0; performance.now() < deadline; turn += 1) {
    const path = paths[turn % paths.length] ?? '/';
    const status = await askFor(door, path);
    if (status !== 200) {
      await assertAlive(tools, canary, `while it answered ${path}`);
      throw new ActionFailedError(
        `The canary answered ${path} with ${status ?? `nothing within ${seconds(ANSWER_TIMEOUT_MS)}`}.`,
      );
    }
    if (turn % (LOOK_EVERY_MS / ASK_EVERY_MS) === 0) await assertHealthy(tools, canary, door);
    await delay(ASK_EVERY_MS);
  }
  await assertHealthy(tools, canary, door);
}

async function askFor(door: WorkerDoor, path: string): Promise<number | undefined> {
  try {
    return (await door.ask({ path, timeoutMs: ANSWER_TIMEOUT_MS })).status;
  } catch {
    return undefined;
  }
}

async function assertHealthy(tools: ActionTools, canary: ManagedProcess, door: WorkerDoor): Promise<void> {
  const guard = await askGuard(door).catch(() => null);
  if (!guard) await assertAlive(tools, canary, 'while it was watched');
  if (guard && guard.verdict !== 'healthy') {
    throw new ActionFailedError(`The canary did not stay well: ${guard.reason ?? guard.verdict}.`);
  }
}

async function assertAlive(tools: ActionTools, canary: ManagedProcess, when: string): Promise<void> {
  const now = await tools.processes.canary();
  if (now?.pid === canary.pid && now.state === 'online') return;
  const why = tools.whyItEnded({ ...canary, bootId: null });
  throw new ActionFailedError(`The canary ended ${when}${why ? `: ${why}` : '.'}`);
}
