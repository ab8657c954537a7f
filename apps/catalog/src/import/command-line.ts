import { Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';

/** What the user asked for. */
export interface ImportRequest {
  readonly files: readonly string[];
  /** Where rejected rows go. */
  readonly rejects?: string;
  readonly ifEmpty: boolean;
}

/** @returns the request, or the exit code when there is nothing to do: help was asked for, or the usage was wrong. */
export function readCommandLine(args: readonly string[]): ImportRequest | number {
  const command = new Command('import')
    .description("Reads catalogues (Project Gutenberg's, or CSV with a title column) into the database.")
    .argument('<file...>', 'CSV files, read one after another')
    .option(
      '--rejects <file>',
      'write the rows that are not taken to this CSV, to be mended and imported again',
    )
    .option('--if-empty', 'do nothing when there is any book already', false)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.wrongUsage;
    throw error;
  }
  return { files: command.args, ...command.opts<{ rejects?: string; ifEmpty: boolean }>() };
}
