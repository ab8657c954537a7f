import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { HealthModule, ProbeFailure, type HealthProbe } from '@evernest/health';
import { LoggingModule, type NestLogger } from '@evernest/logging';
import { ProcessGuard, ProcessGuardModule } from '@evernest/process-guard';
import { currentRequest } from '@evernest/request-context';
import { logFolder, supervisorFolder, type Environment } from './environment.js';
import { HttpApiModule } from './http/http-api.module.js';
import { LogCollectorModule } from './log-collector/log-collector.module.js';
import { Operations } from './operations.js';
import { SupervisionModule } from './supervision.module.js';

const MEBIBYTE = 1024 * 1024;
/** Twice what it takes after a long run. */
const MEMORY_LIMIT_BYTES = 240 * MEBIBYTE;
/** Ten looks. */
const LONGEST_BLINDNESS_MS = 10_000;
/** Nothing that it answers takes longer. */
const DRAIN_TIMEOUT_MS = 3_000;

@Module({})
export class AppModule {
  static forRoot(environment: Environment, logger: NestLogger): DynamicModule {
    const supervision = SupervisionModule.forRoot(environment);
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot({ logger, rotation: environment.log.rotation }),
        ...logCollection(environment),
        ProcessGuardModule.forRoot({
          folder: join(supervisorFolder(environment), 'guard'),
          pmId: environment.pmId,
          drainTimeoutMs: DRAIN_TIMEOUT_MS,
          memoryLimitBytes: MEMORY_LIMIT_BYTES,
          requestContext: currentRequest,
          flushLogs: () => logger.flush(),
        }),
        HealthModule.forRootAsync({
          imports: [supervision],
          inject: [ProcessGuard, Operations],
          useFactory: (guard: ProcessGuard, operations: Operations) => ({
            live: [guardProbe(guard)],
            ready: [sightProbe(operations)],
            startup: [],
          }),
        }),
        supervision,
        HttpApiModule.forRoot({ opsToken: environment.opsToken, imports: [supervision] }),
      ],
    };
  }
}

function logCollection(environment: Environment): DynamicModule[] {
  const { logCollector: address } = environment;
  if (address === null) return [];
  return [LogCollectorModule.forRoot({ address, file: join(logFolder(environment), 'collected.log') })];
}

function guardProbe(guard: ProcessGuard): HealthProbe {
  return {
    name: 'guard',
    cacheMs: 0,
    check: () => {
      const status = { ...guard.status() };
      if (guard.isLive) return status;
      throw new ProbeFailure(status.reason ?? status.verdict, status);
    },
  };
}

/** Down while the workers cannot be seen, because pm2 is gone or does not answer. */
function sightProbe(operations: Operations): HealthProbe {
  return {
    name: 'fleet',
    cacheMs: 0,
    check: () => {
      const lookedAgoMs = Date.now() - operations.fleet().atMs;
      if (lookedAgoMs > LONGEST_BLINDNESS_MS)
        throw new ProbeFailure('pm2 does not answer: the workers cannot be seen.');
    },
  };
}
