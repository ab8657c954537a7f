import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { startLoopClock } from '../event-loop/loop-clock.js';
import { LoadShedder } from './load-shedder.js';
import { registerLoadShedding } from './register-load-shedding.js';
import { TurningLoop } from './turning-loop.fixture.js';

const WORK_MS = 5;
/** Measured, with the reading of the request. */
const SHED_MS = 0.05;
const CAPACITY = 1000 / WORK_MS;
/** Later, an answer is of no use. */
const USEFUL_MS = 1000;

/** What is done for a request, until it calls back. */
type Handler = (loop: TurningLoop, done: () => void) => void;

const inOneGo: Handler = (loop, done) => {
  loop.work(WORK_MS);
  done();
};

const inSlices: Handler = (loop, done) => {
  let left = 8;
  const slice = (): void => {
    loop.work(WORK_MS / 8);
    left -= 1;
    if (left > 0) loop.atEndOfTurn(slice);
    else done();
  };
  slice();
};

/** Asks a database or another service. */
function waiting(waitMs: number, workMs: number): Handler {
  return (loop, done) => {
    loop.work(workMs / 2);
    loop.after(waitMs, () => {
      loop.work(workMs / 2);
      done();
    });
  };
}

const neverEnding: Handler = () => undefined;

const spinning: Handler = (loop) => {
  const spin = (): void => {
    loop.work(0.5);
    loop.atEndOfTurn(spin);
  };
  spin();
};

interface Asked {
  readonly url: string;
  readonly atMs: number;
  begunAtMs?: number;
  isShed?: boolean;
  latencyMs?: number;
}

/** A service that computes, and the clients that ask it. */
class Service {
  readonly loop = new TurningLoop();
  asked: Asked[] = [];
  inFlight = 0;
  private readonly onRequest: onRequestHookHandler;

  constructor() {
    const clock = startLoopClock({}, this.loop);
    const shedder = new LoadShedder(clock, () => 0);
    const hooks: onRequestHookHandler[] = [];
    const fastify = {
      server: { on: () => undefined },
      addHook: (_name: string, hook: onRequestHookHandler) => hooks.push(hook),
    };
    registerLoadShedding(fastify as unknown as FastifyInstance, {
      shedder,
      clock,
      inFlight: () => this.inFlight,
      begin: (reply, next) => {
        this.inFlight += 1;
        reply.raw.on('close', () => {
          this.inFlight -= 1;
          shedder.noteCompletion();
        });
        next();
      },
    });
    this.onRequest = hooks[0]!;
  }

  /** Is going to be asked at these moments, counted from now. */
  expect(momentsMs: readonly number[], handler: Handler, url = '/reports'): Asked[] {
    const asked = momentsMs.map((ms): Asked => ({ url, atMs: this.loop.nowMs() + ms }));
    momentsMs.forEach((ms, index) => this.loop.after(ms, () => this.ask(asked[index]!, handler)));
    this.asked.push(...asked);
    return asked;
  }

  /** Is asked at these moments, counted from now, and serves until nobody waits any more. */
  serve(momentsMs: readonly number[], handler: Handler): void {
    this.expect(momentsMs, handler);
    this.loop.run();
  }

  get shed(): number {
    return this.asked.filter(({ isShed }) => isShed).length;
  }

  /** @returns how many were answered with what they asked for while it was of use */
  get useful(): number {
    return latenciesMs(this.asked).filter((ms) => ms <= USEFUL_MS).length;
  }

  private ask(asked: Asked, handler: Handler): void {
    const { loop } = this;
    const raw = Object.assign(new EventEmitter(), { destroyed: false });
    const request = {
      raw: {} as IncomingMessage,
      originalUrl: asked.url,
      routeOptions: {},
    } as FastifyRequest;
    const reply = {
      raw,
      removeHeader: () => reply,
      code: () => reply,
      headers: () => reply,
      send: () => {
        asked.isShed = true;
        loop.work(SHED_MS);
        return reply;
      },
    } as unknown as FastifyReply;
    this.onRequest.call({} as FastifyInstance, request, reply, () => {
      asked.begunAtMs = loop.nowMs();
      handler(loop, () => {
        asked.latencyMs = loop.nowMs() - asked.atMs;
        // The socket says a turn later that all is written.
        loop.after(0, () => raw.emit('close'));
      });
    });
  }
}

let service: Service;
beforeEach(() => {
  Logger.overrideLogger(false);
  service = new Service();
});
afterEach(() => jest.restoreAllMocks());

/** It knows by then what a request takes. */
function warmUp(handler: Handler): void {
  service.serve(evenly(CAPACITY / 2, 2), handler);
  service.asked = [];
}

describe.each([
  ['without a break', inOneGo, 250],
  // They share the loop for a tenth of a second more.
  ['in slices, over turns of the event loop', inSlices, 350],
])('a load of five times what the service can carry, which computes %s', (_how, handler, medianMs) => {
  beforeEach(() => warmUp(handler));

  it('costs a tenth of what the service is good for at most', () => {
    service.serve(evenly(CAPACITY * 5, 6), handler);
    expect(service.useful).toBeGreaterThan(CAPACITY * 6 * 0.9);
  });

  it('makes those who are served wait a fifth of what a standing load may wait, and all of it at its end', () => {
    service.serve(evenly(CAPACITY * 5, 6), handler);
    expect(quantile(service.asked, 0.5)).toBeLessThan(medianMs);
    expect(quantile(service.asked, 0.99)).toBeLessThan(1050);
  });

  it('leaves nothing behind: who comes a second after it is served', () => {
    service.serve(evenly(CAPACITY * 5, 6), handler);
    service.asked = [];
    service.serve(
      evenly(CAPACITY / 2, 1).map((ms) => ms + 1000),
      handler,
    );
    expect(service.shed).toBe(0);
  });

  it('sheds nobody who asks for health, and makes them wait for a turn of the loop at most', () => {
    const probes = service.expect(evenly(50, 6), inOneGo, '/health');
    service.serve(evenly(CAPACITY * 5, 6), handler);
    expect(probes.some(({ isShed }) => isShed)).toBe(false);
    expect(quantile(probes, 0.99)).toBeLessThan(150);
  });
});

describe('a hundred clients that ask again as soon as all are answered', () => {
  it.each([
    ['what is computed without a break', inOneGo],
    ['what is computed in slices', inSlices],
    ['what a database is asked for', waiting(20, 2)],
  ])('for %s are served, however long they keep on', (_what, handler) => {
    warmUp(handler);
    const together = Array.from({ length: 100 }, () => 0);
    for (let time = 0; time < 20; time += 1) service.serve(together, handler);
    expect(service.shed).toBe(0);
  });
});

describe.each([
  ['computed without a break', inOneGo],
  ['computed in slices', inSlices],
])('a burst of what is %s', (_how, handler) => {
  beforeEach(() => warmUp(handler));

  it('is served to the last if it is of more than a second', () => {
    service.serve(
      Array.from({ length: 300 }, () => 0),
      handler,
    );
    expect(service.shed).toBe(0);
  });

  it('loses only what is beyond two seconds', () => {
    service.serve(
      Array.from({ length: 500 }, () => 0),
      handler,
    );
    expect(latenciesMs(service.asked).length).toBeGreaterThan(380);
    expect(service.shed).toBeGreaterThan(0);
  });
});

describe('requests that wait for something else than the loop', () => {
  const REPORT_MS = 1000;

  it('are served as fast as without others, as long as they alone fill the loop', () => {
    // Each works for 2 ms, so that 500 a second are all that is possible.
    service.serve(evenly(450, 6), waiting(REPORT_MS, 2));
    expect(service.shed).toBe(0);
    expect(quantile(service.asked, 0.5)).toBeLessThan(REPORT_MS + 100);
  });

  it('leave the loop to those who compute: no time is lost in which nobody is begun', () => {
    warmUp(inSlices);
    const reports = service.expect(evenly(CAPACITY, 6), waiting(REPORT_MS, 1));
    const startedAtMs = service.loop.nowMs();
    const idleAtStartMs = service.loop.idleMs();
    service.expect(evenly(CAPACITY * 2, 6), inSlices);
    service.loop.run(6000);
    const lengthMs = service.loop.nowMs() - startedAtMs;
    expect((service.loop.idleMs() - idleAtStartMs) / lengthMs).toBeLessThan(0.1);
    expect(latenciesMs(reports).length).toBeGreaterThan(0);
  });
});

describe('requests that never end', () => {
  it('keep nobody from being served while they wait', () => {
    warmUp(inSlices);
    service.expect(evenly(50, 2), neverEnding);
    const others = service.expect(evenly(CAPACITY / 2, 6), inSlices);
    service.loop.run();
    expect(latenciesMs(others)).toHaveLength(others.length);
  });

  it('keep nobody from being begun even if they leave the loop no moment', () => {
    warmUp(inSlices);
    service.expect(
      Array.from({ length: 20 }, () => 0),
      spinning,
    );
    service.expect(evenly(CAPACITY, 1), inSlices);
    service.loop.run(60_000);
    expect(service.asked.filter(({ begunAtMs, isShed }) => begunAtMs === undefined && !isShed)).toEqual([]);
  });
});

describe('any mixture', () => {
  const kind = fc.oneof(
    fc.constant(inOneGo),
    fc.constant(inSlices),
    fc.constant(neverEnding),
    fc
      .record({ waitMs: fc.nat(1000), workMs: fc.integer({ min: 0, max: 20 }) })
      .map(({ waitMs, workMs }) => waiting(waitMs, workMs)),
  );
  const stream = fc.record({
    handler: kind,
    rate: fc.integer({ min: 1, max: 300 }),
    burst: fc.nat(200),
    startsAtMs: fc.nat(1000),
  });

  it('is begun or shed to the last, and nobody of it twice', () => {
    fc.assert(
      fc.property(fc.array(stream, { minLength: 1, maxLength: 5 }), (streams) => {
        service = new Service();
        for (const { handler, rate, burst, startsAtMs } of streams) {
          service.expect(
            [...evenly(rate, 2), ...Array.from({ length: burst }, () => 0)].map((ms) => ms + startsAtMs),
            handler,
          );
        }
        service.loop.run();
        for (const { begunAtMs, isShed } of service.asked)
          expect(Boolean(isShed)).toBe(begunAtMs === undefined);
      }),
      { numRuns: 12 },
    );
  });
});

function latenciesMs(asked: readonly Asked[]): number[] {
  return asked.flatMap(({ latencyMs }) => latencyMs ?? []);
}

/** The latency that so great a share of those who were served did not exceed. */
function quantile(asked: readonly Asked[], share: number): number {
  const sorted = latenciesMs(asked).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)]!;
}

function evenly(rate: number, seconds: number): number[] {
  return Array.from({ length: rate * seconds }, (_, index) => (index * 1000) / rate);
}
