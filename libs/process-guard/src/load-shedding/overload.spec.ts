import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { FakeLoop } from '../event-loop/fake-loop.fixture.js';
import { startLoopClock } from '../event-loop/loop-clock.js';
import { LoadShedder } from './load-shedder.js';
import { registerLoadShedding } from './register-load-shedding.js';

const WORK_MS = 5;
/** Measured, with the reading of the request. */
const SHED_MS = 0.05;
const CAPACITY = 1000 / WORK_MS;
/** Later, an answer is of no use. */
const USEFUL_MS = 1000;

/** A service of one route that computes without a break, and the clients that ask it. */
class Service {
  readonly loop = new FakeLoop();
  readonly latenciesMs: number[] = [];
  shed = 0;
  private readonly onRequest: onRequestHookHandler;

  constructor() {
    const clock = startLoopClock({}, this.loop);
    const shedder = new LoadShedder(clock);
    const hooks: onRequestHookHandler[] = [];
    const fastify = {
      server: { on: () => undefined },
      addHook: (_name: string, hook: onRequestHookHandler) => hooks.push(hook),
    };
    let inFlight = 0;
    registerLoadShedding(fastify as unknown as FastifyInstance, {
      shedder,
      clock,
      inFlight: () => inFlight,
      begin(_reply, next) {
        inFlight += 1;
        next();
        inFlight -= 1;
        shedder.noteCompletion();
      },
    });
    this.onRequest = hooks[0]!;
  }

  /** Is asked at these moments, counted from now, and serves until nobody waits any more. */
  serve(momentsMs: readonly number[]): void {
    const startedAtMs = this.loop.nowMs();
    const left = momentsMs.map((ms) => startedAtMs + ms);
    while (left.length > 0 || jest.getTimerCount() > 0) {
      if (jest.getTimerCount() === 0) this.loop.rest(Math.max(0, left[0]! - this.loop.nowMs()));
      while (left.length > 0 && left[0]! <= this.loop.nowMs()) this.ask(left.shift()!);
      jest.runOnlyPendingTimers();
      this.loop.turn();
    }
  }

  /** @returns how many were answered with what they asked for while it was of use */
  get useful(): number {
    return this.latenciesMs.filter((ms) => ms <= USEFUL_MS).length;
  }

  /** The wait of those who were served that so great a share of them did not exceed. */
  waitMs(share: number): number {
    const sorted = this.latenciesMs.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length * share)]!;
  }

  private ask(atMs: number): void {
    const request = {
      raw: {} as IncomingMessage,
      originalUrl: '/reports',
      routeOptions: {},
    } as FastifyRequest;
    const reply = {
      raw: { destroyed: false } as ServerResponse,
      removeHeader: () => reply,
      code: () => reply,
      headers: () => reply,
      send: () => {
        this.shed += 1;
        this.loop.work(SHED_MS);
        return reply;
      },
    } as unknown as FastifyReply;
    this.onRequest.call({} as FastifyInstance, request, reply, () => {
      this.loop.work(WORK_MS);
      this.latenciesMs.push(this.loop.nowMs() - atMs);
    });
  }
}

let service: Service;
beforeEach(() => {
  jest.useFakeTimers();
  Logger.overrideLogger(false);
  service = new Service();
  // It knows by then what a request takes.
  service.serve(evenly(CAPACITY / 2, 2));
  service.latenciesMs.length = 0;
});
afterEach(() => jest.useRealTimers());

describe('a load of five times what the service can carry', () => {
  it('costs a tenth of what the service is good for at most', () => {
    service.serve(evenly(CAPACITY * 5, 6));
    expect(service.useful).toBeGreaterThan(CAPACITY * 6 * 0.9);
  });

  it('makes those who are served wait a fifth of what a standing load may wait, and all of it at its end', () => {
    service.serve(evenly(CAPACITY * 5, 6));
    expect(service.waitMs(0.5)).toBeLessThan(250);
    expect(service.waitMs(0.99)).toBeLessThan(1000);
  });

  it('leaves nothing behind: who comes a second after it is served', () => {
    service.serve(evenly(CAPACITY * 5, 6));
    service.shed = 0;
    service.serve(evenly(CAPACITY / 2, 1).map((ms) => ms + 1000));
    expect(service.shed).toBe(0);
  });
});

describe('a hundred clients that ask again as soon as all are answered', () => {
  it('are served, however long they keep on', () => {
    const together = Array.from({ length: 100 }, () => 0);
    for (let time = 0; time < 20; time += 1) service.serve(together);
    expect(service.shed).toBe(0);
  });
});

describe('a burst', () => {
  it('of more than a second is served to the last', () => {
    service.serve(Array.from({ length: 300 }, () => 0));
    expect(service.shed).toBe(0);
  });

  it('of more than two seconds loses only what is beyond', () => {
    service.serve(Array.from({ length: 500 }, () => 0));
    expect(service.latenciesMs.length).toBeGreaterThan(380);
    expect(service.shed).toBeGreaterThan(0);
  });
});

function evenly(rate: number, seconds: number): number[] {
  return Array.from({ length: rate * seconds }, (_, index) => (index * 1000) / rate);
}
