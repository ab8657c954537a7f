import type { Problem } from './problem/problem.js';

/** What {@link ProcessGuardModule} uses, defaults filled in. */
export interface ProcessGuardOptions {
  /**
   * Turns an error of another library into the problem that callers shall see, such as a busy database into a 503;
   * undefined leaves it to the guard.
   * @default leaves every error to the guard
   */
  readonly toProblem: (error: unknown) => Problem | undefined;
}

export const PROCESS_GUARD_OPTIONS = Symbol('PROCESS_GUARD_OPTIONS');

const DEFAULTS: ProcessGuardOptions = { toProblem: () => undefined };

/** Fills in the defaults and freezes. @throws Error for an option that does not exist or has the wrong type. */
export function resolveProcessGuardOptions(options: Partial<ProcessGuardOptions>): ProcessGuardOptions {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(DEFAULTS, name));
  if (unknown) throw new Error(`the process guard has no option ${unknown}`);
  const { toProblem = DEFAULTS.toProblem } = options;
  if (typeof toProblem !== 'function') throw new Error("the process guard's toProblem must be a function");
  return Object.freeze({ toProblem });
}
