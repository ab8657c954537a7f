import { WinstonLogger } from 'nest-winston';
import winston from 'winston';
import { jsonFormat } from './lines/json-format.js';
import { LineDestination } from './line-destination.js';
import { WINSTON_LEVELS } from './levels/log-levels.js';
import { logLineMaker, type LogLine } from './lines/log-line.js';
import { resolveLoggingOptions, type LoggingOptions } from './logging-options.js';
import { NestLogger } from './nest-logger.js';
import { prettyFormat } from './lines/pretty-format.js';

/**
 * Makes the logger for `NestFactory.create(…, { logger })`. It needs no application, so it can tell of a failed start.
 * @throws Error if an option is wrong.
 */
export function createLogger(options: LoggingOptions): NestLogger {
  const { level, format, context, stream } = resolveLoggingOptions(options);
  const destination = new LineDestination(stream);
  const toText = format === 'json' ? jsonFormat : prettyFormat(showsColours(stream));
  const instance = winston.createLogger({
    level,
    levels: WINSTON_LEVELS,
    format: winston.format.printf((info) => toText(info['line'] as LogLine)),
    transports: [new winston.transports.Stream({ stream: destination, eol: '\n' })],
  });
  return new NestLogger(new WinstonLogger(instance), destination, logLineMaker(), context);
}

/** `hasColors` heeds NO_COLOR and what the terminal can do. */
function showsColours(stream: NodeJS.WritableStream): boolean {
  return 'hasColors' in stream && typeof stream.hasColors === 'function' && stream.hasColors() === true;
}
