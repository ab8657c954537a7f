import { ConfigurableModuleBuilder, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { HealthIndicatorService } from '@nestjs/terminus';
import { ProcessGuardIndicator } from './health/process-guard.indicator.js';
import { ProcessGuard } from './process-guard.js';
import { ProblemFilter } from './problem/problem.filter.js';
import {
  PROCESS_GUARD_OPTIONS,
  resolveProcessGuardOptions,
  type ProcessGuardOptions,
} from './process-guard-options.js';
import { ResourceSchedule } from './resources/resource-schedule.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<ProcessGuardOptions>
>({ moduleName: 'ProcessGuard' })
  .setClassMethodName('forRoot')
  .build();

/** Watches over the process, and turns every error of the application into an answer. To be imported once; it is global. */
@Global()
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [
    {
      provide: PROCESS_GUARD_OPTIONS,
      useFactory: resolveProcessGuardOptions,
      inject: [MODULE_OPTIONS_TOKEN],
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
    HealthIndicatorService,
    ProcessGuard,
    ProcessGuardIndicator,
    ResourceSchedule,
  ],
  exports: [ProcessGuard, ProcessGuardIndicator],
})
export class ProcessGuardModule extends ConfigurableModuleClass {}
