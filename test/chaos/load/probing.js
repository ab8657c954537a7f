import { setTimeout as delay } from 'node:timers/promises';
import { freshConnection } from './connections.js';
import { ask } from './ask.js';

const EVERY_MS = 200;
const PATIENCE_MS = 10_000;

/** Asks for a path five times a second, as a load balancer asks for health, until it is stopped. */
export function startProbing(port, path) {
  const answers = [];
  const stopping = new AbortController();
  const done = probe();
  return {
    /** Each as `{ at, fate, waitedMs }`, in the order of asking. */
    answers,
    async stop() {
      stopping.abort();
      await done;
    },
  };

  async function probe() {
    while (!stopping.signal.aborted) {
      const at = Date.now();
      const { fate } = await ask({ port, path, patienceMs: PATIENCE_MS, ...freshConnection });
      answers.push({ at, fate, waitedMs: Date.now() - at });
      await delay(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
}
