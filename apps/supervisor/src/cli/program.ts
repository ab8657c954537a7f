import type { LogLevel } from '@evernest/logging';
import { Command, Option } from 'commander';
import { limitArgument, pmIdArgument } from './arguments.js';
import { carryOut } from './commands/carry-out.js';
import { commandContext, type CommandContext } from './commands/command-context.js';
import { explainEnd } from './commands/explain-end.js';
import { showDecisions } from './commands/show-decisions.js';
import { showLogs } from './commands/show-logs.js';
import { showWorkers } from './commands/show-workers.js';
import { watchWorkers } from './commands/watch-workers.js';
import { EXIT_CODES_HELP } from './exit-codes.js';
import { logLevelCommand, withLogLevelOptions, type LogLevelOptions } from './log-level-options.js';
import { withLogsOptions } from './logs/logs-options.js';
import type { LogsRequest } from './logs/logs-request.js';
import type { Surroundings } from './surroundings.js';

const WORKER = 'number of the worker, as `workers` shows it';
const ENVIRONMENT_HELP = `
Environment, or .env in this directory:
  OPS_HOST, OPS_PORT  where the supervisor is (default: 127.0.0.1, 9615)
  OPS_TOKEN           the supervisor's token
  STATE_DIR           where the service keeps its logs (default: var)`;
const JSON_DOCUMENT = 'one JSON document on stdout, messages on stderr';

interface JsonOption {
  readonly json?: boolean;
}

/** The commands. Each hands its exit code to `onEnd`. */
export function opsProgram(surroundings: Surroundings, onEnd: (exitCode: number) => void): Command {
  const { stdout, stderr, version } = surroundings;
  const program = new Command('ops')
    .description(
      'Shows how the workers are, why they ended and what they log, and has the supervisor do something about it.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
    })
    .showHelpAfterError('(add --help for what there is)');

  function add(usage: string, description: string, json = JSON_DOCUMENT): Command {
    return program
      .command(usage)
      .description(description)
      .option('--json', json)
      .addHelpText('after', `${ENVIRONMENT_HELP}\n${EXIT_CODES_HELP}`);
  }

  async function run(
    { json = false }: JsonOption,
    command: (context: CommandContext) => Promise<number>,
  ): Promise<void> {
    onEnd(await command(commandContext(surroundings, json)));
  }

  add('workers', 'how each worker is, with its requests within one second')
    .addOption(new Option('-w, --watch', 'go on showing it until Ctrl-C').conflicts('json'))
    .action(async (options: JsonOption & { watch?: boolean }) =>
      run(options, options.watch ? watchWorkers : showWorkers),
    );

  add('decisions', 'what was decided about workers, newest first')
    .option('-n, --limit <n>', 'how many, up to 1000', limitArgument, 20)
    .option('--worker <pmId>', WORKER, pmIdArgument)
    .action(async (options: JsonOption & { limit: number; worker?: number }) =>
      run(options, (context) => showDecisions(context, options)),
    );

  add('why', 'the last end of a worker in sentences: cause, evidence, what was done')
    .argument('<pmId>', WORKER, pmIdArgument)
    .action(async (pmId: number, options: JsonOption) =>
      run(options, (context) => explainEnd(context, pmId)),
    );

  add('recycle', 'replace a worker, new before old, and wait for the end')
    .argument('<pmId>', WORKER, pmIdArgument)
    .action(async (pmId: number, options: JsonOption) =>
      run(options, (context) =>
        carryOut(context, `The replacement of worker ${pmId}`, () => context.api.recycle(pmId)),
      ),
    );

  add('reload', 'roll out the code that is on disk, a canary first, and wait for the end').action(
    async (options: JsonOption) =>
      run(options, (context) => carryOut(context, 'The roll-out', () => context.api.reload())),
  );

  withLogLevelOptions(
    add('log-level', 'what the workers log and until when, or have them log at another level'),
  ).action(async (level: LogLevel | undefined, options: JsonOption & LogLevelOptions, command: Command) =>
    run(
      options,
      logLevelCommand(level, options) ?? command.error('error: give a level, or --reset, or neither'),
    ),
  );

  withLogsOptions(
    add(
      'logs',
      'the logs of all workers as one, in the order of time',
      'the lines as they stand in the files',
    ),
  ).action(async (files: readonly string[], options: JsonOption & LogsRequest) =>
    run(options, (context) => showLogs(context, files, options)),
  );

  return program.addHelpText('after', `${ENVIRONMENT_HELP}\n${EXIT_CODES_HELP}`);
}
