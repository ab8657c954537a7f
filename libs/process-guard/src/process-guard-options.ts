import type { IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import type { RequestContext } from './in-flight/in-flight-requests.js';
import type { Problem } from './problem/problem.js';

/** What {@link ProcessGuardModule} uses, defaults filled in. */
export interface ProcessGuardOptions {
  /** Where last words and reports are written; made if it is missing. @default var/guard */
  readonly folder: string;
  /** pm2's number of this worker (its variable `pm_id`); null outside pm2. @default null */
  readonly pmId: number | null;
  /** How many workers share the memory of the machine or container. @default 1 */
  readonly workers: number;
  /** How long requests in flight may take once the process leaves, 0 to 600000. @default 10000 */
  readonly drainTimeoutMs: number;
  /** How long the event loop may stand still before the process is killed, 100 to 600000; 0 never kills. @default 2000 */
  readonly hangTimeoutMs: number;
  /**
   * The resident set at which the worker is recycled, 64 MiB to 1 TiB.
   * @default 700 MiB, or 80 % of the worker's share of the container's limit if that is less
   */
  readonly memoryLimitBytes: number | null;
  /**
   * How long a worker that asks to be recycled waits for a supervisor to replace it before it leaves by itself, 0 to 600000. One
   * whose memory or file descriptors are nearly used up does not wait.
   * @default 0, for want of a supervisor
   */
  readonly recycleGraceMs: number;
  /** Whether a worker that is recycled for memory leaves a heap snapshot, which may take half a minute. @default false */
  readonly heapSnapshots: boolean;
  /** Paths that are served whatever the load, with all below them. @default ['/health'] */
  readonly neverShed: readonly string[];
  /**
   * Whether a request is served whatever the load, whatever it asks for: one of an operator, for example. Called for
   * every request, so it has to cost next to nothing.
   * @default none is
   */
  readonly isUrgent: (request: IncomingMessage) => boolean;
  /**
   * Turns an error of another library into the problem that callers shall see, such as a busy database into a 503;
   * undefined leaves it to the guard.
   * @default leaves every error to the guard
   */
  readonly toProblem: (error: unknown) => Problem | undefined;
  /**
   * The application's own `AsyncLocalStorage`, if it keeps an object there for each request: returns the object of the
   * request in hand. To be filled in a hook that was added before the application is made. Without it the guard keeps
   * a storage of its own, and each storage makes every promise slower, on Node 20 by a quarter.
   * @default none
   */
  readonly requestContext: RequestContext | null;
  /** Waits until what was logged is written; the last thing before the exit, a second at most. @default nothing */
  readonly flushLogs: () => Promise<void>;
}

export const PROCESS_GUARD_OPTIONS = Symbol('PROCESS_GUARD_OPTIONS');

const MEBIBYTE = 1024 * 1024;

/** What the numbers are by default and may be, for applications that take them from their environment. */
export const GUARD_LIMITS = Object.freeze({
  drainTimeoutMs: { fallback: 10_000, least: 0, most: 600_000 },
  /** A loop that stands still for less is busy, not hung. */
  hangTimeoutMs: { fallback: 2000, least: 100, most: 600_000 },
  recycleGraceMs: { fallback: 0, least: 0, most: 600_000 },
  /** A Nest application takes about 60 MiB before it does anything. */
  memoryLimitBytes: { fallback: null, least: 64 * MEBIBYTE, most: 1024 * 1024 * MEBIBYTE },
});

const DEFAULTS: ProcessGuardOptions = {
  folder: 'var/guard',
  pmId: null,
  workers: 1,
  drainTimeoutMs: GUARD_LIMITS.drainTimeoutMs.fallback,
  hangTimeoutMs: GUARD_LIMITS.hangTimeoutMs.fallback,
  memoryLimitBytes: GUARD_LIMITS.memoryLimitBytes.fallback,
  recycleGraceMs: GUARD_LIMITS.recycleGraceMs.fallback,
  heapSnapshots: false,
  neverShed: ['/health'],
  isUrgent: () => false,
  toProblem: () => undefined,
  requestContext: null,
  flushLogs: () => Promise.resolve(),
};

type Checks = {
  readonly [Name in keyof ProcessGuardOptions]: readonly [(value: unknown) => boolean, string];
};

const CHECKS: Checks = {
  folder: [(value) => typeof value === 'string' && value !== '', 'the path of a folder'],
  pmId: [(value) => value === null || isWhole(value, 0, Number.MAX_SAFE_INTEGER), 'a whole number, or null'],
  workers: [(value) => isWhole(value, 1, 4096), 'a whole number, 1 to 4096'],
  drainTimeoutMs: range('drainTimeoutMs', 'milliseconds'),
  hangTimeoutMs: orElse(0, range('hangTimeoutMs', 'milliseconds')),
  memoryLimitBytes: orElse(null, range('memoryLimitBytes', 'bytes')),
  recycleGraceMs: range('recycleGraceMs', 'milliseconds'),
  heapSnapshots: [(value) => typeof value === 'boolean', 'true or false'],
  neverShed: [
    (value) =>
      Array.isArray(value) && value.every((path) => typeof path === 'string' && path.startsWith('/')),
    'a list of paths that begin with /',
  ],
  isUrgent: [isFunction, 'a function'],
  toProblem: [isFunction, 'a function'],
  requestContext: orElse(null, [isFunction, 'a function']),
  flushLogs: [isFunction, 'a function'],
};

/** Fills in the defaults and freezes. @throws Error for an option that does not exist or cannot be, naming it. */
export function resolveProcessGuardOptions(given: Partial<ProcessGuardOptions>): ProcessGuardOptions {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(DEFAULTS, name));
  if (unknown) {
    throw new Error(`the process guard has no option ${unknown}; it has ${Object.keys(DEFAULTS).join(', ')}`);
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const options: ProcessGuardOptions = { ...DEFAULTS, ...Object.fromEntries(set) };
  for (const [name, [isAllowed, allowed]] of Object.entries(CHECKS)) {
    const value = options[name as keyof ProcessGuardOptions];
    if (!isAllowed(value)) {
      throw new Error(`the process guard's ${name} must be ${allowed}, and is ${String(value)}`);
    }
  }
  return Object.freeze({
    ...options,
    folder: resolve(options.folder),
    neverShed: Object.freeze([...options.neverShed]),
  });
}

function range(name: keyof typeof GUARD_LIMITS, unit: string) {
  const { least, most } = GUARD_LIMITS[name];
  return [(value: unknown) => isWhole(value, least, most), `${least} to ${most} ${unit}`] as const;
}

function orElse(special: 0 | null, [isAllowed, allowed]: readonly [(value: unknown) => boolean, string]) {
  return [(value: unknown) => value === special || isAllowed(value), `${special}, or ${allowed}`] as const;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
