import { Module, type DynamicModule } from '@nestjs/common';
import { entityTagOf, ifNoneMatchHas } from '@evernest/conditional-requests';
import { Database, DatabaseModule } from '@evernest/database';
import { HealthModule } from '@evernest/health';
import { LoggingModule, type LoggingModuleOptions, type NestLogger } from '@evernest/logging';
import { MetricsModule } from '@evernest/metrics';
import { ProcessGuard, ProcessGuardModule } from '@evernest/process-guard';
import { currentRequest } from '@evernest/request-context';
import { ResponseCache, ResponseCacheModule } from '@evernest/response-cache';
import {
  isThroughServiceDoor,
  ServiceDoorModule,
  socketPath,
  type ServiceDoorOptions,
} from '@evernest/service-door';
import { AuthorsModule } from './authors/authors.module.js';
import { BooksModule } from './books/books.module.js';
import { CopiesModule } from './copies/copies.module.js';
import { databaseProbe, migrationsProbe } from './database/catalog-probes.js';
import type { CatalogSchema } from './database/schema.js';
import { guardFolder, runFolder, type Environment } from './environment.js';
import { GenresModule } from './genres/genres.module.js';
import { drainProbe, guardProbe } from './health/guard-probes.js';
import { HomeModule } from './home/home.module.js';
import { databaseProblem } from './http/database-problems.js';
import { OpsModule } from './ops/ops.module.js';
import { serviceReadings } from './ops/service-readings.js';

/** The one place where the libraries meet. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, logger: NestLogger): DynamicModule {
    const guard = ProcessGuardModule.forRoot({
      folder: guardFolder(environment),
      pmId: environment.pmId,
      workers: environment.workers,
      drainTimeoutMs: environment.drainTimeoutMs,
      hangTimeoutMs: environment.hangTimeoutMs,
      memoryLimitBytes: environment.memoryLimitBytes,
      recycleGraceMs: environment.recycleGraceMs,
      heapSnapshots: environment.heapSnapshots,
      isUrgent: isThroughServiceDoor,
      toProblem: databaseProblem,
      requestContext: currentRequest,
      flushLogs: () => logger.flush(),
    });
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot(logging(environment, logger)),
        guard,
        ServiceDoorModule.forRoot(serviceDoor(environment)),
        DatabaseModule.forRoot({ url: environment.databaseUrl }),
        HealthModule.forRootAsync({
          inject: [Database, ProcessGuard],
          useFactory: (database: Database<CatalogSchema>, processGuard: ProcessGuard) => {
            const serving = [databaseProbe(database), migrationsProbe(database)];
            return {
              live: [guardProbe(processGuard)],
              ready: [...serving, drainProbe(processGuard)],
              startup: serving,
            };
          },
        }),
        MetricsModule.forRootAsync({
          inject: [ProcessGuard, Database, ResponseCache],
          useFactory: (processGuard: ProcessGuard, database: Database, cache: ResponseCache) => ({
            readings: serviceReadings(processGuard, database, cache, logger),
          }),
        }),
        ResponseCacheModule.forRootAsync({
          inject: [Database],
          useFactory: (database: Database) => ({
            freshness: database.watchChanges(),
            entityTagOf,
            ifNoneMatchHas,
            maxBytes: environment.responseCacheBytes,
          }),
        }),
        BooksModule,
        AuthorsModule,
        GenresModule,
        CopiesModule,
        HomeModule,
        OpsModule.forRoot(logger),
      ],
    };
  }
}

/** The supervisor asks through the service door every second; that is not for the access log. */
function logging({ accessLog, log, pmId }: Environment, logger: NestLogger): LoggingModuleOptions {
  return {
    logger,
    accessLog:
      accessLog === null
        ? null
        : {
            format: accessLog,
            skip: ({ raw }) => isThroughServiceDoor(raw),
            traceId: () => currentRequest()?.traceId,
            ...(pmId !== null && { worker: pmId }),
          },
    rotation: pmId === null ? log.rotation : null,
  };
}

/** A socket for each worker, unless the environment wants it on TCP. */
function serviceDoor(environment: Environment): ServiceDoorOptions {
  const { serviceDoor: address, opsToken, pmId } = environment;
  if (address) return { tcp: { ...address, token: opsToken } };
  return { path: socketPath(runFolder(environment), 'catalog', pmId) };
}
