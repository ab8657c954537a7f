import { ActionFailedError, type ActionTools } from '../actions/action.js';
import type { Worker } from '../fleet/worker.js';

const METRICS_TIMEOUT_MS = 2_000;
/** One bad answer may be the database's; a tenth of many is the code's. */
const FEWEST_ERRORS = 5;
const LARGEST_SHARE = 0.1;
const REQUEST_COUNT = /^http_request_duration_seconds_count\{([^}]*)\} (\d+)/gm;

/** Looks whether a new worker answers its clients with errors of its own. @throws ActionFailedError */
export async function assertNoServerErrors({ openDoor }: ActionTools, worker: Worker): Promise<void> {
  const door = openDoor(worker);
  try {
    const { body } = await door.ask({ path: '/metrics', timeoutMs: METRICS_TIMEOUT_MS });
    const { requests, errors } = countRequests(body);
    if (errors < FEWEST_ERRORS || errors < requests * LARGEST_SHARE) return;
    throw new ActionFailedError(`The new worker answered ${errors} of ${requests} requests with 5xx.`);
  } finally {
    door.close();
  }
}

/** Probes do not count: a worker that is not ready says so with 503. */
export function countRequests(metrics: string): { readonly requests: number; readonly errors: number } {
  let requests = 0;
  let errors = 0;
  for (const [, labels = '', count] of metrics.matchAll(REQUEST_COUNT)) {
    if (labels.includes('route="/health')) continue;
    requests += Number(count);
    if (/code="5/.test(labels)) errors += Number(count);
  }
  return { requests, errors };
}
