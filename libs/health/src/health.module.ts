import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { HEALTH_OPTIONS, resolveHealthOptions, type HealthModuleOptions } from './health-options.js';
import { HealthService } from './health.service.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<HealthModuleOptions>({
  moduleName: 'Health',
})
  .setClassMethodName('forRoot')
  .build();

/** Serves `/health`, `/health/live`, `/health/ready` and `/health/startup`. */
@Module({
  // Terminus would log every failed check; a prober that asks each second needs no line each second.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [
    { provide: HEALTH_OPTIONS, useFactory: resolveHealthOptions, inject: [MODULE_OPTIONS_TOKEN] },
    HealthService,
  ],
})
export class HealthModule extends ConfigurableModuleClass {}
