import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { loadPackage } from '@nestjs/common/utils/load-package.util.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthModule } from '@evernest/health';
import {
  GUARD_LIMITS,
  ProcessGuardModule,
  problemServerOptions,
  registerProblemResponses,
} from '@evernest/process-guard';
import type { FastifyInstance } from 'fastify';
import { EventStream } from '../../apps/supervisor/src/events/event-stream.js';
import { serveApiDocs } from '../../apps/supervisor/src/http/api-docs.js';
import { FleetMetrics } from '../../apps/supervisor/src/http/fleet-metrics.js';
import type { HttpApiOptions } from '../../apps/supervisor/src/http/http-api-options.js';
import { HttpApiModule } from '../../apps/supervisor/src/http/http-api.module.js';
import { Operations } from '../../apps/supervisor/src/operations.js';
import { OperationsInMemory } from './operations-in-memory.js';

export const OPS_TOKEN = 'the-ops-token-of-the-tests';
export const EXPOSITION = '# TYPE up gauge\nup{worker="0"} 1\n';

type Asked = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> };

/** The supervisor's API over a fleet in memory, in this process. */
export interface OpsApi {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly operations: OperationsInMemory;
  readonly events: EventStream;
  readonly metrics: jest.Mocked<FleetMetrics>;
  /** Every route of the server, as it was registered. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  /** Asks with the token. */
  fetch(path: string, init?: Asked): Promise<Response>;
  /** Asks without it. */
  fetchOpenly(path: string, init?: Asked): Promise<Response>;
  stop(): Promise<void>;
}

export async function startOpsApi(given: Partial<HttpApiOptions> = {}): Promise<OpsApi> {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-'));
  const operations = new OperationsInMemory();
  const metrics = { fleetExposition: jest.fn(() => Promise.resolve(EXPOSITION)) };
  const routes: { method: string; url: string }[] = [];
  const adapter = new FastifyAdapter(problemServerOptions());
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  registerProblemResponses(fastify);
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) routes.push({ method: name, url });
  });
  // Somebody else's, named almost like what is public.
  fastify.get('/healthy', () => 'yes');
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule(folder, { operations, metrics }, { opsToken: OPS_TOKEN, ...given }),
    adapter,
    { logger: false, abortOnError: false, bodyParser: false },
  );
  // Nest would import() the real one, which Jest cannot do in CommonJS mode.
  await loadPackage('@fastify/static', 'the tests', () => Promise.resolve(staticFiles));
  serveApiDocs(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  // A connection that stays would keep the drain waiting.
  const fetchOpenly = (path: string, init: Asked = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { connection: 'close', ...init.headers } });
  return {
    url,
    app,
    operations,
    metrics,
    events: app.get(EventStream, { strict: false }),
    routes,
    fetchOpenly,
    fetch: (path, init = {}) =>
      fetchOpenly(path, { ...init, headers: { authorization: `Bearer ${OPS_TOKEN}`, ...init.headers } }),
    stop: async () => {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Stands in for the plugin that serves the files of `/docs`. */
async function staticFiles(instance: FastifyInstance, { prefix }: { prefix: string }): Promise<void> {
  instance.get(`${prefix}/*`, () => 'a file');
}

function rootModule(
  folder: string,
  { operations, metrics }: { operations: Operations; metrics: FleetMetrics },
  options: HttpApiOptions,
): DynamicModule {
  @Global()
  @Module({
    providers: [
      { provide: Operations, useValue: operations },
      { provide: FleetMetrics, useValue: metrics },
    ],
    exports: [Operations, FleetMetrics],
  })
  class FleetInMemoryModule {}

  return {
    module: class RootModule {},
    imports: [
      ProcessGuardModule.forRoot({
        folder,
        hangTimeoutMs: 0,
        drainTimeoutMs: 1000,
        // A test runner grows to hundreds of megabytes, and is not to be recycled for that.
        memoryLimitBytes: GUARD_LIMITS.memoryLimitBytes.most,
      }),
      HealthModule.forRoot({ live: [], ready: [], startup: [] }),
      FleetInMemoryModule,
      HttpApiModule.forRoot(options),
    ],
  };
}
