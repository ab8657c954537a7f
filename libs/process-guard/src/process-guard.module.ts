import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProcessGuard } from './process-guard.js';
import { ProblemFilter } from './problem/problem.filter.js';
import {
  PROCESS_GUARD_OPTIONS,
  resolveProcessGuardOptions,
  type ProcessGuardOptions,
} from './process-guard-options.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<ProcessGuardOptions>
>({ moduleName: 'ProcessGuard' })
  .setClassMethodName('forRoot')
  .build();

/** Turns every error of the application into an answer that callers can rely on. */
@Module({
  providers: [
    {
      provide: PROCESS_GUARD_OPTIONS,
      useFactory: resolveProcessGuardOptions,
      inject: [MODULE_OPTIONS_TOKEN],
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
    ProcessGuard,
  ],
  exports: [ProcessGuard],
})
export class ProcessGuardModule extends ConfigurableModuleClass {}
