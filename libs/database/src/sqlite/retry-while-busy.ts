import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy, sqliteError } from './sqlite-errors.js';

const FIRST_DELAY_MS = 1;
const LONGEST_DELAY_MS = 50;

/**
 * Runs `attempt` until the database is no longer locked by another process.
 * SQLite's own busy timeout would block the event loop; this waits on timers instead.
 * @throws DatabaseBusyError after `timeoutMs`, and every other error at once.
 */
export async function retryWhileBusy<T>(timeoutMs: number, attempt: () => T): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw sqliteError(error);
    }
    await sleep(delayMs * (0.5 + Math.random()));
  }
}
