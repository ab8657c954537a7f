import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomToken } from './custom-token.js';

export interface AccessLogOptions {
  /**
   * `combined`, `common`, `short`, `tiny`, `dev` or `json`, or a row of tokens such as
   * `:method :url :status :res[content-length] - :response-time ms`.
   */
  readonly format: string;
  /** Takes each line, its end included. What it throws is ignored. */
  readonly write: (line: string) => void;
  /** The application's own tokens by name; fields of the JSON form. @default none */
  readonly tokens?: Readonly<Record<string, CustomToken>>;
  /** Requests that are not to be logged. One that throws skips nothing. @default none */
  readonly skip?: (request: FastifyRequest, reply: FastifyReply) => boolean;
  /**
   * The share of requests to log, 0 to 1, of those that were answered whole and with a status below 400; all others are
   * always logged. @default 1
   */
  readonly sampleRate?: number;
  /** Whether `dev` shows colours; for terminals. @default false */
  readonly colours?: boolean;
  /** pm2's number of this process, for `:worker` and the JSON form. @default none */
  readonly worker?: number;
  /** The trace of the request that the calling code runs for, for `:trace-id` and the JSON form. @default none */
  readonly traceId?: () => string | undefined;
}

export interface ResolvedAccessLogOptions {
  readonly format: string;
  readonly write: (line: string) => void;
  readonly tokens: readonly (readonly [name: string, token: CustomToken])[];
  readonly skip: ((request: FastifyRequest, reply: FastifyReply) => boolean) | undefined;
  readonly sampleRate: number;
  readonly colours: boolean;
  readonly worker: number | undefined;
  readonly traceId: () => string | undefined;
}

/** @throws Error naming the option that is wrong and what it may be. */
export function resolveAccessLogOptions(options: AccessLogOptions): ResolvedAccessLogOptions {
  const {
    format,
    write,
    tokens = {},
    skip,
    sampleRate = 1,
    colours = false,
    worker,
    traceId,
    ...unknown
  } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new Error(
      `"${name}" is not an option of the access log; it knows format, write, tokens, skip, sampleRate, colours, worker and traceId.`,
    );
  }
  if (!(sampleRate >= 0 && sampleRate <= 1)) {
    throw new Error(`Access log sampleRate must be 0 to 1, and is ${sampleRate}.`);
  }
  return Object.freeze({
    format,
    write,
    tokens: Object.entries(tokens),
    skip,
    sampleRate,
    colours,
    worker,
    traceId: () => orNothing(traceId),
  });
}

function orNothing(read: (() => string | undefined) | undefined): string | undefined {
  try {
    return read?.();
  } catch {
    return undefined;
  }
}
