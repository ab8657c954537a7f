import type { FastifyReply } from 'fastify';
import { STALL_MS } from '../event-loop/loop-clock.js';

/**
 * Finds out which request held the event loop. What begins or ends first after a gap tells: a request that ends then
 * has held the loop up to its answer; if another one begins, then the one before it went straight into the gap.
 */
export class StallWitness {
  private latest: FastifyReply | undefined;
  private suspect: FastifyReply | undefined;

  /** @param lagMs how late the clock's beat is */
  noteBegin(reply: FastifyReply, lagMs: number): void {
    if (!this.suspect && lagMs > STALL_MS) this.suspect = this.latest;
    this.latest = reply;
  }

  noteEnd(reply: FastifyReply, lagMs: number): void {
    if (!this.suspect && lagMs > STALL_MS) this.suspect = reply;
    if (this.latest === reply) this.latest = undefined;
  }

  /** To be asked once the stall is over: the request that held the loop, if one can be named. */
  takeSuspect(): FastifyReply | undefined {
    const suspect = this.suspect ?? this.latest;
    this.suspect = undefined;
    return suspect;
  }
}
