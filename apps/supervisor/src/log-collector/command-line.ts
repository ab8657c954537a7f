import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { UdpAddress } from '@evernest/logging';
import { LISTEN_ADDRESS_FORM, listenAddress } from './environment.js';
import { EXIT } from './exit-codes.js';

/** What the user asked for. */
export interface CollectorRequest {
  readonly listen?: UdpAddress;
  readonly file?: string;
}

const HELP = `
Environment, or .env in this directory:
  LOG_COLLECTOR  where to listen (default: 127.0.0.1:9616)
  STATE_DIR      its log/collected.log is the file (default: var)

SIGTERM and SIGINT stop it. Anyone who reaches the port can write to the log: keep it to machines you trust.`;

/** @returns the request, or the exit code when there is nothing to do: help was asked for, or the usage was wrong. */
export function readCommandLine(args: readonly string[]): CollectorRequest | number {
  const command = new Command('log-collector')
    .description('Writes the log lines that services send to LOG_UDP to one file, and tells which were lost.')
    .option('--listen <host:port>', 'where to listen', address)
    .option('--file <path>', 'the file that lines are appended to')
    .addHelpText('after', HELP)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.stopped : EXIT.wrongUsage;
    throw error;
  }
  return command.opts<CollectorRequest>();
}

function address(text: string): UdpAddress {
  const read = listenAddress(text);
  if (read === undefined) throw new InvalidArgumentError(`It must be ${LISTEN_ADDRESS_FORM}.`);
  return read;
}
