import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Registry } from 'prom-client';
import { fastifyOf } from './fastify-of.js';
import { HttpTraffic } from './http/http-traffic.js';
import { METRICS_OPTIONS, type MetricsModuleOptions } from './metrics-options.js';
import { registerReading } from './readings/register-reading.js';
import { startRuntimeMetrics } from './runtime/start-runtime-metrics.js';

/** What the process measures, in a registry of its own. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  /** For metrics that an application counts itself: `new Counter({ …, registers: [metrics.registry] })`. */
  readonly registry = new Registry();
  private readonly stopRuntimeMetrics: () => void;

  constructor(@Inject(METRICS_OPTIONS) options: Required<MetricsModuleOptions>, host: HttpAdapterHost) {
    for (const reading of options.readings) registerReading(this.registry, reading);
    const traffic = new HttpTraffic(this.registry);
    const watch = () => traffic.watch(fastifyOf(host));
    // Nest's test module has no server yet, and an application context never has one.
    if (host.httpAdapter) watch();
    else host.init$.subscribe(watch);
    this.stopRuntimeMetrics = startRuntimeMetrics(this.registry);
  }

  /** The media type of {@link exposition}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything in Prometheus' text format. */
  exposition(): Promise<string> {
    return this.registry.metrics();
  }

  onApplicationShutdown(): void {
    this.stopRuntimeMetrics();
  }
}
