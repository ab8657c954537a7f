import { NotReachableError, RefusedError } from '../api/errors.js';
import type { SupervisorApi } from '../api/supervisor-api.js';
import type { FleetView } from '../api/views.js';
import { requestCounts, requestRates, type RequestCounts } from './request-rates.js';

/** The fleet at one moment, and how many requests it has answered by then. */
export interface FleetSample {
  readonly fleet: FleetView;
  /** Null if there are no metrics. */
  readonly counts: RequestCounts | null;
  /** By a monotonic clock. */
  readonly countedAtMs: number;
}

export async function sampleFleet(api: SupervisorApi): Promise<FleetSample> {
  const [fleet, counts] = await Promise.all([api.fleet(), countsOf(api)]);
  return { fleet, counts, countedAtMs: performance.now() };
}

/** By worker; empty without two samples that have metrics. */
export function ratesBetween(before: FleetSample | null, after: FleetSample): ReadonlyMap<number, number> {
  if (!before?.counts || !after.counts) return new Map();
  return requestRates(before.counts, after.counts, after.countedAtMs - before.countedAtMs);
}

/** A fleet whose metrics are missing is still worth seeing. */
async function countsOf(api: SupervisorApi): Promise<RequestCounts | null> {
  try {
    return requestCounts(await api.metrics());
  } catch (error) {
    if (error instanceof RefusedError || error instanceof NotReachableError) return null;
    throw error;
  }
}
