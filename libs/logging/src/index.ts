export { createLogger } from './create-logger.js';
export type { AccessLogOptions } from './access-log/access-log-options.js';
export type { CustomToken } from './access-log/custom-token.js';
export { LOG_LEVELS, type LogLevel } from './levels/log-levels.js';
export { parseLevels, type ConfiguredLevels } from './levels/parse-levels.js';
export {
  LEVEL_DURATION_MS,
  LogLevels,
  type CurrentLevels,
  type LevelChange,
} from './levels/run-time-levels.js';
export { readAccessLogFormat, readLogSettings, type LogSettings } from './log-settings.js';
export { LoggingModule, type LoggingModuleOptions } from './logging.module.js';
export type { LoggingOptions } from './logging-options.js';
export { NestLogger } from './nest-logger.js';
export type { LogRotatorOptions } from './rotation/log-rotator-options.js';
export type { CollectorFigures } from './udp/collector/collection.js';
export type { SenderFigures } from './udp/collector/sender.js';
export {
  startLogCollector,
  type LogCollectorStart,
  type RunningLogCollector,
} from './udp/start-log-collector.js';
export { formatUdpAddress, parseUdpAddress, type UdpAddress } from './udp/udp-address.js';
export type { UdpSenderOptions } from './udp/udp-sender-options.js';
export { UdpSender, type UdpSenderFigures } from './udp/udp-sender.js';
export { UdpTransport } from './udp/udp-transport.js';
export { prettyLine } from './reading/pretty-line.js';
export type { ReadLine } from './reading/read-line.js';
export { readLogs, type ReadLogsOptions } from './reading/read-logs.js';
