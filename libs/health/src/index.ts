export type { HealthModuleOptions } from './health-options.js';
export { HealthModule } from './health.module.js';
export { ProbeFailure, type HealthProbe } from './probe.js';
