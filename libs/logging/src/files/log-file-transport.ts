import Transport from 'winston-transport';
import type { LineWeight } from './line-queue.js';
import type { LogFile } from './log-file.js';

// Under this name winston's formats leave the formatted line.
const MESSAGE = Symbol.for('message');
const IMPORTANT_LEVELS = new Set<unknown>(['fatal', 'error', 'warn']);

/** Hands winston's formatted lines to log files. It never waits, whatever becomes of the files. */
export class LogFileTransport extends Transport {
  /** @param options the least grave level that goes to this file and how its lines are formatted. @default the logger's */
  constructor(
    private readonly file: LogFile,
    options: Pick<Transport.TransportStreamOptions, 'level' | 'format'> = {},
  ) {
    super(options);
  }

  override log(info: { readonly level: unknown; readonly [MESSAGE]?: string }, next: () => void): void {
    this.file.write(`${info[MESSAGE]}\n`, weightOf(info.level));
    next();
  }
}

function weightOf(level: unknown): LineWeight {
  return IMPORTANT_LEVELS.has(level) ? 'important' : 'droppable';
}
