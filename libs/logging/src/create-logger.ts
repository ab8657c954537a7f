import { WinstonLogger } from 'nest-winston';
import winston from 'winston';
import { WINSTON_LEVELS } from './levels/log-levels.js';
import { LogLevels } from './levels/run-time-levels.js';
import { oneLineJson } from './lines/one-line-json.js';
import { logLineMaker } from './lines/log-line.js';
import { LogOutputs } from './log-outputs.js';
import { resolveLoggingOptions, type LoggingOptions } from './logging-options.js';
import { NestLogger } from './nest-logger.js';

/**
 * Makes the logger for `NestFactory.create(…, { logger })`. It needs no application, so it can tell of a failed start.
 * @throws Error if an option is wrong.
 */
export function createLogger(options: LoggingOptions = {}): NestLogger {
  const resolved = resolveLoggingOptions(options);
  const makeLine = logLineMaker(resolved);
  const outputs = new LogOutputs(resolved);
  const instance = winston.createLogger({
    // NestLogger decides by level and context.
    level: 'verbose',
    levels: WINSTON_LEVELS,
    format: winston.format.printf((info) => oneLineJson(info['line'])),
    transports: outputs.transports,
  });
  return new NestLogger(
    new WinstonLogger(instance),
    outputs,
    new LogLevels(resolved.levels),
    makeLine,
    resolved.context,
  );
}
