import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { outgoingTraceparent, parseTraceparent, type TraceParent } from './traceparent.js';

/** What a line of the log tells of the request that it was written for. */
export interface RequestFields {
  readonly requestId: string;
  readonly method: string;
  /** The pattern of the route; where none matched, there is `path`. */
  readonly route?: string;
  readonly path?: string;
  readonly traceId?: string;
}

/** Names in lower case. */
export type HeadersToPassOn = readonly (readonly [name: string, value: string])[];

/**
 * What is known about the request that the current code runs for. It holds neither request nor body: a connection to a
 * database that was opened for one request may keep its context for hours.
 */
export class RequestContext {
  /** Fastify's `request.id`, also sent as `X-Request-Id`. */
  readonly requestId: string;
  readonly method: string;
  /** The path as it was asked for, without the query string, which may carry secrets. */
  readonly path: string;
  /** The pattern of the route, such as `/books/:id`; absent where no route matched. */
  readonly route?: string;
  readonly #trace: TraceParent | undefined;
  readonly #traceState: string | undefined;
  #fields: RequestFields | undefined;
  #headers: HeadersToPassOn | undefined;

  constructor({ id, method, raw, routeOptions }: FastifyRequest) {
    const { url = '', headers } = raw;
    const queryAt = url.indexOf('?');
    this.requestId = id;
    this.method = method;
    this.path = queryAt === -1 ? url : url.slice(0, queryAt);
    if (routeOptions.url !== undefined) this.route = routeOptions.url;
    this.#trace = parseTraceparent(headers['traceparent']);
    // Without a trace it says nothing.
    this.#traceState = this.#trace && headers['tracestate']?.toString();
  }

  /** The trace that the caller's `traceparent` names; undefined without a valid one. */
  get traceId(): string | undefined {
    return this.#trace?.traceId;
  }

  /** The step of the caller's that this request is part of, from the same header. */
  get parentId(): string | undefined {
    return this.#trace?.parentId;
  }

  /** Made for the first line that asks and the same object for all others. */
  get fields(): RequestFields {
    return (this.#fields ??= Object.freeze({
      requestId: this.requestId,
      method: this.method,
      ...(this.route === undefined ? { path: this.path } : { route: this.route }),
      ...(this.#trace && { traceId: this.#trace.traceId }),
    }));
  }

  /** What tells another service which request it is asked for, and which trace that belongs to. */
  get headersToPassOn(): HeadersToPassOn {
    return (this.#headers ??= this.makeHeaders());
  }

  private makeHeaders(): HeadersToPassOn {
    const headers: [string, string][] = [['x-request-id', this.requestId]];
    if (this.#trace) headers.push(['traceparent', outgoingTraceparent(this.#trace)]);
    if (this.#traceState) headers.push(['tracestate', this.#traceState]);
    return headers;
  }
}

export const requestStorage = new AsyncLocalStorage<RequestContext>();

/** The request that the calling code runs for, or undefined outside of any. */
export function currentRequest(): RequestContext | undefined {
  return requestStorage.getStore();
}

/** The same as fields for a line of the log: one frozen object per request, so that a line costs nothing for it. */
export function currentRequestFields(): RequestFields | undefined {
  return requestStorage.getStore()?.fields;
}
