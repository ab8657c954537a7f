/** What may be logged, the gravest first; a level includes those before it. Nest's `log` is `info`. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'verbose'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** winston's own levels lack `fatal`, lines of which it would drop, and put `verbose` above `debug`. */
export const WINSTON_LEVELS: Record<string, number> = Object.fromEntries(
  LOG_LEVELS.map((level, rank) => [level, rank]),
);
