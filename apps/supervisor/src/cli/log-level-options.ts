import { LOG_LEVELS, type LogLevel } from '@evernest/logging';
import { Argument, Option, type Command } from 'commander';
import { pmIdArgument } from './arguments.js';
import { changeLogLevel, resetLogLevel } from './commands/change-log-level.js';
import type { CommandContext } from './commands/command-context.js';
import { showLogLevels } from './commands/show-log-levels.js';
import { durationArgument } from './duration-argument.js';

export interface LogLevelOptions {
  readonly context?: string;
  readonly for?: number;
  readonly worker?: number;
  readonly reset?: true;
}

/** The arguments and options of `ops log-level`. */
export function withLogLevelOptions(command: Command): Command {
  return command
    .addArgument(
      new Argument('[level]', 'and graver ones; without it, the levels are shown').choices(LOG_LEVELS),
    )
    .option('--context <name>', 'only of this part of the application, such as BooksService')
    .option(
      '--for <duration>',
      'how long, such as 90s, 5m or 1h30m; without it, until --reset',
      durationArgument,
    )
    .option('--worker <pmId>', 'only of this worker, as `workers` shows it', pmIdArgument)
    .addOption(new Option('--reset', 'back to what is configured').conflicts('for'));
}

/** @returns undefined if what was given makes no sense together */
export function logLevelCommand(
  level: LogLevel | undefined,
  { context, worker, for: forMs, reset }: LogLevelOptions,
): ((ops: CommandContext) => Promise<number>) | undefined {
  if (reset) return level === undefined ? (ops) => resetLogLevel(ops, { context, worker }) : undefined;
  if (level !== undefined) return (ops) => changeLogLevel(ops, { level, context, forMs, worker });
  return [context, worker, forMs].every((given) => given === undefined) ? showLogLevels : undefined;
}
