import type { LoggerService } from '@nestjs/common';
import type { WinstonLogger } from 'nest-winston';
import type { LogLevel } from './levels/log-levels.js';
import type { LogLevels } from './levels/run-time-levels.js';
import type { MakeLogLine } from './lines/log-line.js';
import type { LogLosses, LogOutputs } from './log-outputs.js';

/** Nest tells of every module and every route while it starts; for each worker, that would bury what matters. */
const START_UP_CONTEXTS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger, plus what operating it takes. Logging never throws and never waits. */
export class NestLogger implements LoggerService {
  constructor(
    private readonly sink: WinstonLogger,
    private readonly outputs: LogOutputs,
    /** What is written now; may be changed at any time. */
    readonly levels: LogLevels,
    private readonly makeLine: MakeLogLine,
    private readonly context: () => object | undefined,
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
    this.write(START_UP_CONTEXTS.has(contextOf(args) ?? '') ? 'verbose' : 'info', args);
  }

  debug(...args: unknown[]): void {
    this.write('debug', args);
  }

  verbose(...args: unknown[]): void {
    this.write('verbose', args);
  }

  /** Where its files are; undefined without. */
  get folder(): string | undefined {
    return this.outputs.folder;
  }

  /** What was lost since the process began. */
  get losses(): LogLosses {
    return this.outputs.losses;
  }

  /** Writes a line of the access log, its end included. */
  writeAccessLine(line: string): void {
    this.outputs.writeAccessLine(line);
  }

  /** Resolves once every line has left the process, at the latest after a second. Await it before `process.exit`. */
  flush(): Promise<void> {
    return this.outputs.flush();
  }

  /** Flushes and closes everything; lines that come later are lost. A process that ends need not call it. */
  close(): Promise<void> {
    this.levels.stop();
    return this.outputs.close();
  }

  private write(level: LogLevel, args: readonly unknown[]): void {
    if (!this.levels.enables(level, contextOf(args))) return;
    // The text travels inside `line`: winston would take a `%d` in a message for a placeholder and drop the fields,
    // and nest-winston knows only some of the arguments that Nest passes.
    const entry = { message: '', line: this.makeLine(level, args, this.ambientFields()) };
    if (level === 'info') this.sink.log(entry);
    else this.sink[level]?.(entry);
  }

  private ambientFields(): object | undefined {
    try {
      return this.context();
    } catch {
      return undefined;
    }
  }
}

/** Nest passes it last, behind the message. */
function contextOf(args: readonly unknown[]): string | undefined {
  const last = args.length > 1 ? args.at(-1) : undefined;
  return typeof last === 'string' ? last : undefined;
}
