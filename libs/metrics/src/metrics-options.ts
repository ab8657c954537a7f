import type { Reading } from './readings/reading.js';

/** What {@link MetricsModule} serves beyond what it measures by itself. */
export interface MetricsModuleOptions {
  /** Metrics of the application and of its other libraries. @default none */
  readonly readings?: readonly Reading[];
}

export const METRICS_OPTIONS = Symbol('METRICS_OPTIONS');

/** Fills in the defaults and freezes. @throws Error for an option that does not exist, naming it. */
export function resolveMetricsOptions(given: MetricsModuleOptions): Required<MetricsModuleOptions> {
  const unknown = Object.keys(given).find((name) => name !== 'readings');
  if (unknown) throw new Error(`the metrics module has no option ${unknown}; it has readings`);
  return Object.freeze({ readings: Object.freeze([...(given.readings ?? [])]) });
}
