import { setTimeout as delay } from 'node:timers/promises';
import type { ActionTools } from './action.js';

/** Between two starts of a crash loop there is at least pm2's restart delay of 100 ms. */
const POLL_INTERVAL_MS = 30;
/** Above pm2's `listen_timeout`, after which it takes any process for started. */
const PATIENCE_MS = 30_000;

/**
 * Waits until pm2 does not wait for a worker's first sign of life: what is to end before that, pm2 takes for started when it ends,
 * and starts it again.
 */
export async function whenStarted({ processes }: ActionTools, pmId: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const process = (await processes.list()).find((each) => each.pmId === pmId);
    if (!process?.isStarting) return;
    await delay(POLL_INTERVAL_MS);
  }
}
