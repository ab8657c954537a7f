import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply } from 'fastify';

/** Every request that has begun and whose answer is not out yet, and which of them the calling code runs for. */
export class InFlightRequests {
  private readonly storage = new AsyncLocalStorage<FastifyReply>();
  private readonly replies = new Set<FastifyReply>();

  get count(): number {
    return this.replies.size;
  }

  /** A copy: answering changes the set. */
  all(): FastifyReply[] {
    return [...this.replies];
  }

  /** The request that the calling code runs for, also in promises, timers and emitters that it started. */
  current(): FastifyReply | undefined {
    return this.storage.getStore();
  }

  begin(reply: FastifyReply, next: () => void): void {
    this.replies.add(reply);
    this.storage.run(reply, next);
  }

  end(reply: FastifyReply): void {
    this.replies.delete(reply);
  }
}
