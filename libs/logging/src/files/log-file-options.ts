import type { LossReport } from './losses.js';

export interface LogFileOptions {
  /**
   * How long a droppable line may wait for others to be written with it, in milliseconds.
   * @default 10: a busy worker then writes some 100 times a second, whatever it logs
   */
  readonly maxDelayMs?: number;
  /**
   * How much may wait while the file cannot be written, in bytes; important lines may take as much again.
   * @default 8 MiB: some 30,000 lines, about one per cent of a worker's memory limit
   */
  readonly maxQueuedBytes?: number;
  /** The line, ended by a newline, that tells of lost lines in the file itself. @default JSON of level `warn` */
  readonly lossLine?: (report: LossReport) => string;
}

export const LOG_FILE_DEFAULTS = {
  maxDelayMs: 10,
  maxQueuedBytes: 8 * 1024 * 1024,
  lossLine: jsonLossLine,
} as const satisfies LogFileOptions;

function jsonLossLine({ file, lines, bytes, since, reason }: LossReport): string {
  const line = {
    time: new Date().toISOString(),
    level: 'warn',
    context: 'LogFile',
    message: `${lines} lines of ${file} were lost since ${since.toISOString()}: ${reason}`,
    lostLines: lines,
    lostBytes: bytes,
    pid: process.pid,
  };
  return `${JSON.stringify(line)}\n`;
}
