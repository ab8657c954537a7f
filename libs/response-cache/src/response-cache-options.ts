import type { Freshness } from './freshness.js';

const MEBIBYTE = 1024 * 1024;

/** What {@link ResponseCacheModule} takes. */
export interface ResponseCacheOptions {
  /** Tells when stored answers are out of date. */
  readonly freshness: Freshness;
  /** The strong entity tag of a body; the same one that `If-Match` is compared with, if the application has that. */
  readonly entityTagOf: (body: Buffer) => string;
  /** Whether whoever sent this `If-None-Match` has the body with that tag. */
  readonly ifNoneMatchHas: (header: string | undefined, tag: string) => boolean;
  /**
   * How much memory the answers may take, in bytes, compressed forms included; those that were not used for longest leave first.
   * 0 stores nothing.
   * @default 32 MiB
   */
  readonly maxBytes?: number;
  /**
   * The least body that is offered compressed, in bytes. That of the application's compression, if it has one.
   * @default 1024
   */
  readonly compressFromBytes?: number;
}

export const RESPONSE_CACHE_OPTIONS = Symbol('RESPONSE_CACHE_OPTIONS');

const DEFAULTS = { maxBytes: 32 * MEBIBYTE, compressFromBytes: 1024 };
const NAMES = ['freshness', 'entityTagOf', 'ifNoneMatchHas', ...Object.keys(DEFAULTS)];

/** Fills in the defaults and freezes. @throws Error naming the option that is wrong, or unknown. */
export function resolveResponseCacheOptions(given: ResponseCacheOptions): Required<ResponseCacheOptions> {
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name));
  if (unknown) throw new Error(`the response cache has no option ${unknown}; it has ${NAMES.join(', ')}`);
  const options = { ...DEFAULTS, ...given };
  for (const name of ['maxBytes', 'compressFromBytes'] as const) {
    if (Number.isSafeInteger(options[name]) && options[name] >= 0) continue;
    throw new Error(
      `the option ${name} of the response cache must be a whole number of bytes, not ${options[name]}`,
    );
  }
  return Object.freeze(options);
}
