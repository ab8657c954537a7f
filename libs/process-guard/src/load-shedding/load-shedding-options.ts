/** How much load is too much. */
export interface LoadSheddingOptions {
  /**
   * How long a request may have to wait for a loop that stays saturated, 10 to 60000 ms. Longer waits are still
   * allowed, up to twice that, while a burst comes and goes.
   * @default 1000, what 100 clients at full speed need on a worker that shares its processor with others; with 500 some were shed
   */
  readonly maxWaitMs: number;
}

const MAX_WAIT_MS = { fallback: 1000, least: 10, most: 60_000 };

/** Fills in the defaults and freezes. @throws Error for an option that does not exist or cannot be. */
export function resolveLoadSheddingOptions(given: Partial<LoadSheddingOptions>): LoadSheddingOptions {
  const unknown = Object.keys(given).find((name) => name !== 'maxWaitMs');
  if (unknown) throw new Error(`load shedding has no option ${unknown}; it has maxWaitMs`);
  const { least, most, fallback } = MAX_WAIT_MS;
  const { maxWaitMs = fallback } = given;
  if (!(Number.isFinite(maxWaitMs) && maxWaitMs >= least && maxWaitMs <= most)) {
    throw new Error(`load shedding's maxWaitMs must be ${least} to ${most}, and is ${String(maxWaitMs)}`);
  }
  return Object.freeze({ maxWaitMs });
}
