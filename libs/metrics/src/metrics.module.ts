import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { METRICS_OPTIONS, resolveMetricsOptions, type MetricsModuleOptions } from './metrics-options.js';
import { Metrics } from './metrics.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<MetricsModuleOptions>(
  {
    moduleName: 'Metrics',
  },
)
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();

/** Measures the process and its HTTP traffic, for Prometheus. To be imported once; it is global. It serves no route. */
@Module({
  providers: [
    { provide: METRICS_OPTIONS, useFactory: resolveMetricsOptions, inject: [MODULE_OPTIONS_TOKEN] },
    Metrics,
  ],
  exports: [Metrics],
})
export class MetricsModule extends ConfigurableModuleClass {}
