import { LOG_LEVELS, type LogLevel } from './levels/log-levels.js';

const FORMATS = ['json', 'pretty'] as const;

export interface LoggingOptions {
  /** The least grave level that is written. */
  readonly level: LogLevel;
  /** `json`: one object per line, for machines. `pretty`: for people, coloured on a terminal. */
  readonly format: (typeof FORMATS)[number];
  /** Called for each line as it is logged; its fields become fields of the line. One that throws adds nothing. */
  readonly context?: () => Record<string, unknown> | undefined;
  /** Where the lines go; for tests. @default process.stdout */
  readonly stream?: NodeJS.WritableStream;
}

/** @throws Error naming the option that is wrong and what it may be. */
export function resolveLoggingOptions(options: LoggingOptions): Required<LoggingOptions> {
  const { level, format, context = () => undefined, stream = process.stdout, ...unknown } = options;
  requireOneOf('level', level, LOG_LEVELS);
  requireOneOf('format', format, FORMATS);
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new Error(`"${name}" is not an option of logging; it knows level, format, context and stream.`);
  }
  return Object.freeze({ level, format, context, stream });
}

function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new Error(`Logging ${name} "${value}" is not known; use one of ${allowed.join(', ')}.`);
}
