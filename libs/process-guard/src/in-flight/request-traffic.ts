import type { FastifyInstance } from 'fastify';
import type { LoopClock, Stall } from '../event-loop/loop-clock.js';
import { LoadShedder } from '../load-shedding/load-shedder.js';
import { registerLoadShedding } from '../load-shedding/register-load-shedding.js';
import { idOf, routeOf } from './describe-request.js';
import { InFlightRequests, type RequestContext } from './in-flight-requests.js';
import { StallLog } from './stall-log.js';
import { StallWitness } from './stall-witness.js';
import { watchRequests } from './watch-requests.js';

export interface RequestTrafficOptions {
  readonly neverShed: readonly string[];
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

  constructor(
    clock: LoopClock,
    private readonly options: RequestTrafficOptions,
  ) {
    this.inFlight = new InFlightRequests(options.requestContext);
    this.shedder = new LoadShedder(clock);
    this.witness = new StallWitness(clock);
    this.stalls = new StallLog(() => clock.nowMs());
  }

  /** To be called before the routes are there. */
  watch(fastify: FastifyInstance): void {
    const { inFlight, shedder, witness } = this;
    const { neverShed, onBegin } = this.options;
    registerLoadShedding(fastify, { shedder, inFlight: () => inFlight.count, neverShed });
    watchRequests(fastify, {
      onBegin(reply, next) {
        const { request } = reply;
        witness.noteBegin(reply);
        onBegin(idOf(request), request.method, routeOf(request));
        inFlight.begin(reply, next);
      },
      onEnd(response) {
        const reply = inFlight.end(response);
        if (!reply) return;
        witness.noteEnd(reply);
        shedder.noteCompletion();
      },
    });
  }

  noteStall(stall: Stall): void {
    this.stalls.note(stall, this.witness.takeSuspect());
  }

  stop(): void {
    this.shedder.stop();
  }
}
