import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known about the request that the current code runs for. */
export interface RequestContext {
  /** Fastify's `request.id`, also sent as `X-Request-Id`. */
  readonly requestId: string;
  readonly method: string;
  /** The path as it was asked for, without the query string, which may carry secrets. */
  readonly path: string;
  /** The pattern of the route, such as `/books/:id`; absent where no route matched. */
  route?: string;
}

export const requestStorage = new AsyncLocalStorage<RequestContext>();

/** The request that the calling code runs for, or undefined outside of any. */
export function currentRequest(): RequestContext | undefined {
  return requestStorage.getStore();
}
