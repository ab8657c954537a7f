import { randomBytes } from 'node:crypto';

/** Where a request stands in a trace, as the header of W3C Trace Context tells it. */
export interface TraceParent {
  /** 32 lower-case hexadecimal digits, the same for all that belongs to the trace. */
  readonly traceId: string;
  /** 16 of them: the step of the caller's that asked. */
  readonly parentId: string;
  readonly flags: number;
}

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const ALL_ZEROS = /^0+$/;
// `sampled` and `random-trace-id`: a flag that is not known must not be passed on.
const KNOWN_FLAGS = 0b11;

/** Reads a `traceparent`. One that breaks the rules is as good as none. */
export function parseTraceparent(header: string | string[] | undefined): TraceParent | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, traceId = '', parentId = '', flags = '', added] = TRACEPARENT.exec(header) ?? [];
  if (version === undefined || version === 'ff') return undefined;
  // Only later versions may have fields that are not known here.
  if (version === '00' && added !== undefined) return undefined;
  if (ALL_ZEROS.test(traceId) || ALL_ZEROS.test(parentId)) return undefined;
  return { traceId, parentId, flags: parseInt(flags, 16) & KNOWN_FLAGS };
}

/** The header for what is asked of others on behalf of the request: the same trace, with a step of our own. */
export function outgoingTraceparent({ traceId, flags }: TraceParent): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags.toString(16).padStart(2, '0')}`;
}
