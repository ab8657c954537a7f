import type { FleetObserver } from '../fleet/fleet-observer.js';
import type { FleetWatch } from '../fleet/fleet-watch.js';
import type { WorkerDoor } from '../fleet/worker-door.js';
import type { Worker } from '../fleet/worker.js';
import type { ProcessManager } from '../pm2/process-manager.js';

/** What an action has at hand. */
export interface ActionTools {
  readonly processes: ProcessManager;
  readonly watch: Pick<FleetWatch, 'until'>;
  readonly observer: Pick<FleetObserver, 'fleet' | 'door'>;
  /** The service door of any process, also one that is not of the fleet. To be closed. */
  readonly openDoor: (process: { readonly pmId: number; readonly pid: number | null }) => WorkerDoor;
  /** Tells a person how far it is. */
  readonly progress: (message: string) => void;
  /** Why a process ended, as a sentence; undefined if it left no last words. */
  readonly whyItEnded: (process: Pick<Worker, 'pid' | 'bootId' | 'startedAtMs'>) => string | undefined;
}

/** It could not be done; whatever it had changed is undone. The message is for a person. */
export class ActionFailedError extends Error {
  override readonly name = 'ActionFailedError';
}

/** How long a new worker may take until it is ready: far more than a start takes, with migrations. */
export const READY_TIMEOUT_MS = 30_000;

/** What has happened is seen with the next look; its record should hold what that look finds. */
export const SEEN_TIMEOUT_MS = 5_000;

export function workerIn(workers: readonly Worker[], pmId: number): Worker | undefined {
  return workers.find((worker) => worker.pmId === pmId);
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
