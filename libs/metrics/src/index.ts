export { MetricsModule } from './metrics.module.js';
export { Metrics } from './metrics.js';
export type { MetricsModuleOptions } from './metrics-options.js';
export { registerReading } from './readings/register-reading.js';
export { stateSet } from './readings/state-set.js';
export type { Reading, ReadingValue } from './readings/reading.js';
export { startRuntimeMetrics } from './runtime/start-runtime-metrics.js';
