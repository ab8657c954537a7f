export { createLogger } from './create-logger.js';
export { LOG_LEVELS, type LogLevel } from './levels/log-levels.js';
export type { LoggingOptions } from './logging-options.js';
export type { NestLogger } from './nest-logger.js';
