import { join } from 'node:path';
import winston from 'winston';
import type TransportStream from 'winston-transport';
import { LogFile } from './files/log-file.js';
import { LogFileTransport } from './files/log-file-transport.js';
import { reopenOnSignal } from './files/reopen-on-signal.js';
import type { LogLine } from './lines/log-line.js';
import { prettyFormat } from './lines/pretty-format.js';
import type { ResolvedLoggingOptions } from './logging-options.js';
import { tellOnStderr } from './tell-on-stderr.js';
import type { UdpAddress } from './udp/udp-address.js';
import { UdpSender } from './udp/udp-sender.js';
import { UdpTransport } from './udp/udp-transport.js';

/** The files in the log's folder. */
export const LOG_FILE_NAMES = { combined: 'combined.log', error: 'error.log', access: 'access.log' } as const;

/** A worker that is killed takes this much of its access log with it; in return a busy one writes a few times a second. */
const ACCESS_LOG_DELAY_MS = 250;

/** Lines that did not get where they were to go. */
export interface LogLosses {
  /** Those that a file or stdout could not take. */
  readonly lines: number;
  /** Those that never left for the collector. */
  readonly datagrams: number;
}

/** Everything that the lines of this process go to. */
export class LogOutputs {
  readonly folder: string | undefined;
  readonly transports: TransportStream[] = [];
  private readonly files: LogFile[] = [];
  private readonly accessLogs: LogFile[] = [];
  private readonly senders: UdpSender[] = [];
  private readonly stopReopening: () => void;

  constructor({ folder, stdout, udp, worker }: ResolvedLoggingOptions) {
    this.folder = folder;
    if (folder !== undefined) this.addFiles(folder);
    if (stdout !== 'nothing') this.addStdout(stdout);
    if (udp !== undefined) this.addCollector(udp, worker);
    this.stopReopening = reopenOnSignal(this.files);
  }

  get losses(): LogLosses {
    return {
      lines: sum(this.files.map((file) => file.losses.lines)),
      datagrams: sum(this.senders.map((sender) => sender.figures().dropped)),
    };
  }

  /** @param line its end included */
  writeAccessLine(line: string): void {
    for (const file of this.accessLogs) file.write(line, 'droppable');
  }

  /** Resolves once every line has left the process, at the latest after a second. */
  async flush(): Promise<void> {
    await Promise.all([...this.files, ...this.senders].map((output) => output.flush()));
  }

  async close(): Promise<void> {
    this.stopReopening();
    await Promise.all([...this.files, ...this.senders].map((output) => output.close()));
  }

  private addFiles(folder: string): void {
    const combined = this.open(join(folder, LOG_FILE_NAMES.combined));
    const error = this.open(join(folder, LOG_FILE_NAMES.error));
    this.transports.push(new LogFileTransport(combined), new LogFileTransport(error, { level: 'error' }));
    this.accessLogs.push(this.open(join(folder, LOG_FILE_NAMES.access), { maxDelayMs: ACCESS_LOG_DELAY_MS }));
  }

  private addStdout(form: 'json' | 'pretty'): void {
    const stdout = this.open({ fd: 1 });
    const format = form === 'pretty' ? { format: prettyText() } : {};
    this.transports.push(new LogFileTransport(stdout, format));
    if (form === 'json') this.accessLogs.push(stdout);
  }

  private addCollector(address: UdpAddress, worker: number | undefined): void {
    const sender = new UdpSender({ address, ...(worker !== undefined && { worker }), tell: tellOnStderr });
    this.senders.push(sender);
    this.transports.push(new UdpTransport({ sender }));
  }

  private open(...args: ConstructorParameters<typeof LogFile>): LogFile {
    const file = new LogFile(...args);
    this.files.push(file);
    return file;
  }
}

/** `hasColors` heeds NO_COLOR and what the terminal can do. */
function prettyText() {
  const toText = prettyFormat(process.stdout.isTTY && process.stdout.hasColors());
  return winston.format.printf((info) => toText(info['line'] as LogLine));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
