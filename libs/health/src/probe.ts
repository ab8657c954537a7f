/** One thing whose health is asked for. */
export interface HealthProbe {
  /** Key in the answer's `details`; two different probes must not share it. */
  readonly name: string;
  /**
   * How long one check may take, in ms.
   * @default the `timeoutMs` of the module
   */
  readonly timeoutMs?: number;
  /**
   * How long an outcome serves further requests, in ms; 0 checks anew each time.
   * @default the `cacheMs` of the module
   */
  readonly cacheMs?: number;
  /**
   * Returns, perhaps with details to show, if all is well, and throws if not. What it throws is logged; the caller is
   * told its code or class only, unless it is a {@link ProbeFailure}.
   * @param signal aborts when the time is up
   */
  check(signal: AbortSignal): Promise<Record<string, unknown> | void> | Record<string, unknown> | void;
}

/** Thrown by a probe: says in words that are fit for the public why it is down. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';

  /** @param details shown beside the message */
  constructor(
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
