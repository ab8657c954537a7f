import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Tells, for any code that runs for a request, an object that is that request's alone. */
export type RequestContext = () => object | undefined;

/**
 * Every request that has begun and whose answer is not out yet, oldest first, and which of them the calling code runs for.
 *
 * A linked list through the responses themselves, because a response is all that is at hand when it closes: a map of
 * them would take ten times as long for each request.
 */
export class InFlightRequests {
  private oldest: InFlightRequest | undefined;
  private newest: InFlightRequest | undefined;
  private length = 0;
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
    return this.length;
  }

  /** Those whose answer has not begun. */
  get pending(): number {
    let pending = 0;
    for (const { reply } of this.oldestFirst()) if (!reply.raw.headersSent) pending += 1;
    return pending;
  }

  /** A copy: answering changes what is in flight. */
  all(): FastifyReply[] {
    return Array.from(this.oldestFirst(), ({ reply }) => reply);
  }

  /** The request that the calling code runs for, also in promises, timers and emitters that it started. */
  current(): FastifyReply | undefined {
    const current = this.requestContext();
    if (!current) return undefined;
    // Seldom asked and never for many, while a map by context would have to be kept for each request.
    for (const { reply, context } of this.oldestFirst()) if (context === current) return reply;
    return undefined;
  }

  begin(reply: FastifyReply, next: () => void): void {
    if (this.ownStorage) {
      this.append(reply, reply);
      this.ownStorage.run(reply, next);
    } else {
      this.append(reply, this.requestContext());
      next();
    }
  }

  /** @returns the reply that is over; undefined if it was before */
  end(response: TrackedResponse): FastifyReply | undefined {
    const ended = response[IN_FLIGHT];
    if (!ended) return undefined;
    response[IN_FLIGHT] = undefined;
    const { older, newer } = ended;
    if (older) older.newer = newer;
    else this.oldest = newer;
    if (newer) newer.older = older;
    else this.newest = older;
    this.length -= 1;
    return ended.reply;
  }

  private append(reply: FastifyReply, context: object | undefined): void {
    const older = this.newest;
    const begun: InFlightRequest = { reply, context, older, newer: undefined };
    if (older) older.newer = begun;
    else this.oldest = begun;
    this.newest = begun;
    this.length += 1;
    (reply.raw as TrackedResponse)[IN_FLIGHT] = begun;
  }

  private *oldestFirst(): Iterable<InFlightRequest> {
    for (let request = this.oldest; request; request = request.newer) yield request;
  }
}

const IN_FLIGHT = Symbol('evernest.in-flight');

type TrackedResponse = ServerResponse & { [IN_FLIGHT]?: InFlightRequest | undefined };

interface InFlightRequest {
  readonly reply: FastifyReply;
  readonly context: object | undefined;
  older: InFlightRequest | undefined;
  newer: InFlightRequest | undefined;
}
