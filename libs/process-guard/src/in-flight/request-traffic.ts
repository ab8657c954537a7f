import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { LoopClock, Stall } from '../event-loop/loop-clock.js';
import { LoadShedder } from '../load-shedding/load-shedder.js';
import { registerLoadShedding } from '../load-shedding/register-load-shedding.js';
import { idOf, routeOf } from './describe-request.js';
import { InFlightRequests, type RequestContext } from './in-flight-requests.js';
import { StallLog } from './stall-log.js';
import { StallWitness } from './stall-witness.js';

export interface RequestTrafficOptions {
  readonly neverShed: readonly string[];
  readonly isUrgent: (request: IncomingMessage) => boolean;
  readonly requestContext: RequestContext | null;
  /** Told of every request that is let in. */
  readonly onBegin: (id: string, method: string, route: string) => void;
}

/** All that the guard does for each request: let it in or not, know that it is there, and whom a stall is to blame on. */
export class RequestTraffic {
  readonly inFlight: InFlightRequests;
  readonly shedder: LoadShedder;
  private readonly witness: StallWitness;
  private readonly stalls: StallLog;
  private ended = 0;
  private waiting: () => FastifyReply[] = () => [];

  constructor(
    private readonly clock: LoopClock,
    private readonly options: RequestTrafficOptions,
  ) {
    this.inFlight = new InFlightRequests(options.requestContext);
    this.shedder = new LoadShedder(clock, () => this.inFlight.pending);
    this.witness = new StallWitness();
    this.stalls = new StallLog(() => clock.nowMs());
  }

  /** To be called before the routes are there. */
  watch(fastify: FastifyInstance): void {
    const { clock, inFlight, shedder } = this;
    const end = (response: ServerResponse) => this.end(response);
    // One listener for all responses: a closure for each would cost a tenth of a microsecond more.
    function onClose(this: ServerResponse): void {
      end(this);
    }
    this.waiting = registerLoadShedding(fastify, {
      shedder,
      clock,
      inFlight: () => inFlight.count,
      neverShed: this.options.neverShed,
      isUrgent: this.options.isUrgent,
      begin: (reply, next, lagMs) => this.begin(reply, next, lagMs, onClose),
    });
  }

  /** Those that are begun, oldest first, then those that wait for their turn. */
  get unanswered(): FastifyReply[] {
    return [...this.inFlight.all(), ...this.waiting()];
  }

  /** Requests that were begun and are over, since the process started. */
  get endedRequests(): number {
    return this.ended;
  }

  noteStall(stall: Stall): void {
    this.stalls.note(stall, this.witness.takeSuspect());
  }

  stop(): void {
    this.shedder.stop();
  }

  private begin(reply: FastifyReply, next: () => void, lagMs: number, onClose: () => void): void {
    // Its client left during an earlier hook: there will be no end to be told of.
    if (reply.raw.destroyed) return next();
    const { request } = reply;
    reply.raw.on('close', onClose);
    this.witness.noteBegin(reply, lagMs);
    this.options.onBegin(idOf(request), request.method, routeOf(request));
    this.inFlight.begin(reply, next);
  }

  private end(response: ServerResponse): void {
    const reply = this.inFlight.end(response);
    if (!reply) return;
    this.ended += 1;
    this.witness.noteEnd(reply, this.clock.lagMs());
    this.shedder.noteCompletion();
  }
}
