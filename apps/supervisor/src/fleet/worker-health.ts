import type { GuardStatus } from '@evernest/process-guard';
import type { WorkerDoor } from './worker-door.js';

/** Longer than a worker under load needs, and short enough for three tries before it is taken for hung. */
export const LIVE_TIMEOUT_MS = 900;
/** Its checks, such as the database, have 1 s each; only whoever wants to send traffic has to wait for them. */
const READY_TIMEOUT_MS = 1_500;

/** Asks how the worker is; null if that is no answer of a worker with a guard. @throws Error if it answers nothing in time */
export async function askGuard(door: WorkerDoor): Promise<GuardStatus | null> {
  const { body } = await door.ask({ path: '/health/live', timeoutMs: LIVE_TIMEOUT_MS });
  return guardOf(body);
}

/** Asks whether traffic may come. @throws Error if it answers nothing in time */
export async function askReady(door: WorkerDoor): Promise<boolean> {
  const { status } = await door.ask({ path: '/health/ready', timeoutMs: READY_TIMEOUT_MS });
  return status === 200;
}

function guardOf(body: string): GuardStatus | null {
  try {
    const { details } = JSON.parse(body) as { details?: { guard?: GuardStatus & { status?: unknown } } };
    if (typeof details?.guard?.bootId !== 'string') return null;
    const { status: _upOrDown, ...guard } = details.guard;
    return guard;
  } catch {
    return null;
  }
}
