import type { HealthProbe } from './probe.js';

/** Which probes answer which question, and how they are run. */
export interface HealthOptions {
  /** `/health/live`: only what a restart cures. */
  readonly live: readonly HealthProbe[];
  /** `/health/ready`: whether traffic may come here. */
  readonly ready: readonly HealthProbe[];
  /** `/health/startup`: whether the start is over. */
  readonly startup: readonly HealthProbe[];
  /**
   * How long one check may take, in ms. To be shorter than the patience of whoever asks, so that a check that hangs is
   * answered with a 503 that names it, and not with silence.
   * @default 1000, a third of the 3 s after which a worker that does not answer counts as lost
   */
  readonly timeoutMs: number;
  /**
   * How long a result serves further requests, in ms; 0 checks anew each time.
   * @default 500, half the usual second between two probes, so that one prober always sees a fresh result
   */
  readonly cacheMs: number;
}

/** What a user must say; the rest has defaults. */
export type HealthModuleOptions = Pick<HealthOptions, 'live' | 'ready' | 'startup'> & Partial<HealthOptions>;

export const HEALTH_OPTIONS = Symbol('HEALTH_OPTIONS');

const DEFAULTS = { timeoutMs: 1000, cacheMs: 500 };
const NAMES = new Set(['live', 'ready', 'startup', 'timeoutMs', 'cacheMs']);
/** The longest time that a timer of Node can take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Fills in the defaults and freezes. @throws Error for an option that does not exist or cannot be, naming it. */
export function resolveHealthOptions(given: HealthModuleOptions): HealthOptions {
  const unknown = Object.keys(given).find((name) => !NAMES.has(name));
  if (unknown) throw new Error(`the health module has no option ${unknown}`);
  const options = { ...DEFAULTS, ...given };
  requireMilliseconds('cacheMs', options.cacheMs, 0);
  requireMilliseconds('timeoutMs', options.timeoutMs, 1);
  for (const { name, timeoutMs, cacheMs } of distinctProbes(options)) {
    if (timeoutMs !== undefined) requireMilliseconds(`timeoutMs of the probe ${name}`, timeoutMs, 1);
    if (cacheMs !== undefined) requireMilliseconds(`cacheMs of the probe ${name}`, cacheMs, 0);
  }
  return Object.freeze(options);
}

/** Every probe once, however many lists it is in. @throws Error when two probes share a name. */
export function distinctProbes({ live, ready, startup }: HealthModuleOptions): HealthProbe[] {
  const probes = [...new Set([...live, ...ready, ...startup])];
  const names = new Set<string>();
  for (const { name } of probes) {
    if (names.has(name))
      throw new Error(`two health probes are called ${name}; put one and the same into several lists`);
    names.add(name);
  }
  return probes;
}

function requireMilliseconds(name: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least && value <= MAX_TIMER_MS) return;
  throw new Error(`${name} must be between ${least} and ${MAX_TIMER_MS} milliseconds`);
}
