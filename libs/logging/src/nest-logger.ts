import type { LoggerService } from '@nestjs/common';
import type { WinstonLogger } from 'nest-winston';
import type { LineDestination } from './line-destination.js';
import type { MakeLogLine } from './lines/log-line.js';
import type { LogLevel } from './levels/log-levels.js';

/** Nest tells of every module and every route while it starts; for each worker, that would bury what matters. */
const START_UP_CONTEXTS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger, plus a way to wait until what it wrote has left the process. Logging never throws. */
export class NestLogger implements LoggerService {
  constructor(
    private readonly sink: WinstonLogger,
    private readonly destination: LineDestination,
    private readonly makeLine: MakeLogLine,
    private readonly context: () => Record<string, unknown> | undefined,
  ) {}

  fatal(...args: unknown[]): void {
    this.write('fatal', args);
  }

  error(...args: unknown[]): void {
    this.write('error', args);
  }

  warn(...args: unknown[]): void {
    this.write('warn', args);
  }

  log(...args: unknown[]): void {
    this.write(START_UP_CONTEXTS.has(String(args.at(-1))) ? 'verbose' : 'info', args);
  }

  debug(...args: unknown[]): void {
    this.write('debug', args);
  }

  verbose(...args: unknown[]): void {
    this.write('verbose', args);
  }

  /** Writes lines of this level and graver ones from now on. */
  setLevel(level: LogLevel): void {
    this.sink.getWinstonLogger().level = level;
  }

  /** Resolves once every line has left the process, at the latest after a second. Await it before `process.exit`. */
  flush(): Promise<void> {
    return this.destination.flush();
  }

  private write(level: LogLevel, args: readonly unknown[]): void {
    if (!this.sink.getWinstonLogger().isLevelEnabled(level)) return;
    // The text travels inside `line`: winston would take a `%d` in a message for a placeholder and drop the fields,
    // and nest-winston knows only some of the arguments that Nest passes.
    const entry = { message: '', line: this.makeLine(level, args, this.ambientFields()) };
    if (level === 'info') this.sink.log(entry);
    else this.sink[level]?.(entry);
  }

  private ambientFields(): Record<string, unknown> | undefined {
    try {
      return this.context();
    } catch {
      return undefined;
    }
  }
}
