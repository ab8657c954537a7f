import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AdmissionQueue, type Waiting } from './admission-queue.js';
import type { LoopClock } from '../event-loop/loop-clock.js';
import type { Admission, LoadShedder } from './load-shedder.js';
import { answerOverloaded } from './overloaded.js';
import { pathMatcher } from './path-prefixes.js';

export interface LoadSheddingRegistration {
  readonly shedder: Pick<LoadShedder, 'judge' | 'judgeWaiting' | 'roomInMs' | 'noteBegin'>;
  readonly clock: Pick<LoopClock, 'lagMs' | 'nowMs'>;
  /** How many requests are begun and not answered yet. */
  readonly inFlight: () => number;
  /** Paths that are served whatever the load, with all below them. @default ['/health'] */
  readonly neverShed?: readonly string[];
  /** Whether a request is served whatever the load, whatever it asks for. @default none is */
  readonly isUrgent?: (request: IncomingMessage) => boolean;
  /** Told of each request that is let in, when its turn has come, and how late the clock's beat is; calls `next` to go on. */
  readonly begin?: (reply: FastifyReply, next: () => void, lagMs: number) => void;
}

interface WaitingReply extends Waiting {
  readonly reply: FastifyReply;
}

/**
 * Answers 503 to the requests that are too many, before anything is done for them. Call it on the root instance.
 * @returns what tells the requests that are let in and not begun yet, oldest first
 */
export function registerLoadShedding(
  fastify: FastifyInstance,
  {
    shedder,
    clock,
    inFlight,
    neverShed = ['/health'],
    isUrgent = () => false,
    begin = (_reply, next) => next(),
  }: LoadSheddingRegistration,
): () => FastifyReply[] {
  const isExempt = pathMatcher(neverShed);
  const queue = new AdmissionQueue<WaitingReply>(
    () => clock.nowMs(),
    () => shedder.roomInMs(),
    (waitedMs) => shedder.judgeWaiting(waitedMs),
  );
  fastify.server.on('connection', () => queue.noteConnection());
  fastify.addHook('onRequest', (request, reply, next) => {
    // Asking for the time takes longer than all the rest of this, so it is asked once.
    const lagMs = clock.lagMs();
    const isServedAnyway = isUrgent(request.raw) || isExempt(request.originalUrl);
    const admission = isServedAnyway ? 'begin' : admit(lagMs);
    if (admission === 'begin') {
      begin(reply, next, lagMs);
    } else if (admission === 'queue') {
      const run = inThisContext();
      queue.add({
        reply,
        begin() {
          reply.raw.once('close', shedder.noteBegin());
          run(() => begin(reply, next, clock.lagMs()));
        },
        shed: () => run(() => answerOverloaded(request, reply)),
        // At the deadline of a drain it is answered although it has not begun.
        isGone: () => reply.raw.destroyed || reply.raw.headersSent,
      });
    } else {
      queue.noteShed();
      answerOverloaded(request, reply);
    }
  });
  return () => queue.requests.filter((waiting) => !waiting.isGone()).map(({ reply }) => reply);

  /**
   * Where not all can be served, a newcomer takes the place of whoever has waited longest. So the others wait for as long
   * as the queue takes to fill anew, the shorter the greater the overload, and a burst behind which nobody comes is served.
   */
  function admit(lagMs: number): Admission {
    queue.forgetGone();
    const admission = shedder.judge(inFlight(), queue.length, lagMs);
    return admission === 'shed' && queue.shedOldest() ? 'queue' : admission;
  }
}

/** Whatever earlier hooks have put into the request's asynchronous context stays there; `bind` takes ten times as long. */
function inThisContext(): (task: () => void) => void {
  const resource = new AsyncResource('LoadShedding');
  return (task) => resource.runInAsyncScope(task);
}
