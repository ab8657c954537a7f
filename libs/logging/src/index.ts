export { createLogger } from './create-logger.js';
export { LOG_LEVELS, type LogLevel } from './levels/log-levels.js';
export type { LoggingOptions } from './logging-options.js';
export type { NestLogger } from './nest-logger.js';
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
