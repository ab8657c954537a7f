/** What may be logged, the gravest first; a level includes those before it. Nest's `log` is `info`. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'verbose'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The graver, the lower. */
export const LEVEL_RANKS: Readonly<Record<LogLevel, number>> = {
  fatal: 0,
  error: 1,
  warn: 2,
  info: 3,
  debug: 4,
  verbose: 5,
};

/** winston's own levels lack `fatal`, lines of which it would drop, and put `verbose` above `debug`. */
export const WINSTON_LEVELS: Record<string, number> = { ...LEVEL_RANKS };

/** @throws Error naming what was given instead of a level, and the levels there are. */
export function requireLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) {
    throw new Error(`"${text}" is not a log level; use one of ${LOG_LEVELS.join(', ')}.`);
  }
  return level;
}
