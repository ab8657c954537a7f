import cluster from 'node:cluster';
import {
  ConfigurableModuleBuilder,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { AccessLogOptions } from './access-log/access-log-options.js';
import { registerAccessLog } from './access-log/register-access-log.js';
import { LOG_FILE_NAMES } from './log-outputs.js';
import { NestLogger } from './nest-logger.js';
import { LogRotator } from './rotation/log-rotator.js';
import type { LogRotatorOptions } from './rotation/log-rotator-options.js';

export interface LoggingModuleOptions {
  /** The one that `NestFactory.create` has. Whoever made it may close it; the module flushes it when the application closes. */
  readonly logger: NestLogger;
  /** A line for each request, in `access.log`, or on stdout where JSON goes there. @default none */
  readonly accessLog?: Omit<AccessLogOptions, 'write'> | null;
  /**
   * How this process rotates the files in the logger's folder; null leaves that to another process.
   * @default as LogRotatorOptions say; null in a worker of a cluster, where one process has to do it for all
   */
  readonly rotation?: Omit<LogRotatorOptions, 'folder' | 'fileNames'> | null;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<LoggingModuleOptions>(
  { moduleName: 'Logging' },
)
  .setClassMethodName('forRoot')
  .build();

/** Writes the access log, rotates, and flushes when the application closes. To be imported once, before other modules. */
@Global()
@Module({
  providers: [
    {
      provide: NestLogger,
      useFactory: ({ logger }: LoggingModuleOptions) => logger,
      inject: [MODULE_OPTIONS_TOKEN],
    },
  ],
  exports: [NestLogger],
})
export class LoggingModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, OnApplicationShutdown
{
  private stopRotating = async (): Promise<void> => {};

  constructor(
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: LoggingModuleOptions,
    { httpAdapter }: HttpAdapterHost,
  ) {
    super();
    const { accessLog, logger } = options;
    if (!accessLog) return;
    const write = (line: string) => logger.writeAccessLine(line);
    registerAccessLog(httpAdapter.getInstance<FastifyInstance>(), { ...accessLog, write });
  }

  onApplicationBootstrap(): void {
    const { logger, rotation = cluster.isWorker ? null : {} } = this.options;
    const { folder } = logger;
    if (folder === undefined || rotation === null) return;
    const fileNames = Object.values(LOG_FILE_NAMES);
    this.stopRotating = new LogRotator({ ...rotation, folder, fileNames }).start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopRotating();
    await this.options.logger.flush();
  }
}
