import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Tells, for any code that runs for a request, an object that is that request's alone. */
export type RequestContext = () => object | undefined;

/** Every request that has begun and whose answer is not out yet, and which of them the calling code runs for. */
export class InFlightRequests {
  /** By Node's response, which is all that is at hand when it closes. */
  private readonly requests = new Map<ServerResponse, InFlightRequest>();
  private readonly ownStorage: AsyncLocalStorage<object> | undefined;
  private readonly requestContext: RequestContext;

  /** @param requestContext of the application, if it has one: a second storage would slow every promise down */
  constructor(requestContext: RequestContext | null) {
    if (requestContext) {
      this.requestContext = requestContext;
    } else {
      const storage = new AsyncLocalStorage<object>();
      this.ownStorage = storage;
      this.requestContext = () => storage.getStore();
    }
  }

  get count(): number {
    return this.requests.size;
  }

  /** A copy: answering changes what is in flight. */
  all(): FastifyReply[] {
    return Array.from(this.requests.values(), ({ reply }) => reply);
  }

  /** The request that the calling code runs for, also in promises, timers and emitters that it started. */
  current(): FastifyReply | undefined {
    const current = this.requestContext();
    if (!current) return undefined;
    // Seldom asked and never for many, while a map by context would have to be kept for each request.
    for (const { reply, context } of this.requests.values()) if (context === current) return reply;
    return undefined;
  }

  begin(reply: FastifyReply, next: () => void): void {
    if (this.ownStorage) {
      this.requests.set(reply.raw, { reply, context: reply });
      this.ownStorage.run(reply, next);
    } else {
      this.requests.set(reply.raw, { reply, context: this.requestContext() });
      next();
    }
  }

  /** @returns the reply that is over */
  end(response: ServerResponse): FastifyReply | undefined {
    const request = this.requests.get(response);
    this.requests.delete(response);
    return request?.reply;
  }
}

interface InFlightRequest {
  readonly reply: FastifyReply;
  readonly context: object | undefined;
}
