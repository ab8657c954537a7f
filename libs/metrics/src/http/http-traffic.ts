import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Histogram, Registry } from 'prom-client';
import { registerReading } from '../readings/register-reading.js';
import { RequestDurations } from './request-durations.js';

/** Counts and times what Fastify is asked. */
export class HttpTraffic {
  private readonly durations = new RequestDurations();
  private inFlight = 0;
  private aborted = 0;

  constructor(registry: Registry) {
    // The registry asks its metrics for no more than this has.
    registry.registerMetric(this.durations as unknown as Histogram);
    registerReading(registry, {
      name: 'http_requests_in_flight',
      help: 'Requests that are begun and not answered yet, the scrape included.',
      type: 'gauge',
      read: () => this.inFlight,
    });
    registerReading(registry, {
      name: 'http_requests_aborted_total',
      help: 'Requests whose client left, or was cut off, before the end of the answer; they have no duration.',
      type: 'counter',
      read: () => this.aborted,
    });
  }

  /** To be called before the routes are there. */
  watch(fastify: FastifyInstance): void {
    const { durations } = this;
    const end = (isFinished: boolean) => this.end(isFinished);
    // One listener for all responses, which costs less than a closure for each.
    function onClose(this: ServerResponse): void {
      end(this.writableFinished);
    }
    fastify.addHook('onRequest', (_request, { raw }, done) => {
      // Its client left during an earlier hook: there will be no end to be told of.
      if (raw.destroyed) return done();
      this.inFlight += 1;
      raw.on('close', onClose);
      done();
    });
    // Also for what hooks before ours have answered, such as requests that are shed.
    fastify.addHook('onResponse', (request, reply, done) => {
      const { url } = request.routeOptions;
      durations.observe(url, request.method, reply.statusCode, reply.elapsedTime / 1000);
      done();
    });
  }

  private end(isFinished: boolean): void {
    this.inFlight -= 1;
    if (!isFinished) this.aborted += 1;
  }
}
