import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { chosenFrom, named } from '../support/chosen-from.js';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.js';

const QUICK = { quick: true, rounds: 1, seconds: 0 };

/**
 * What the user asked for, with the targets and workloads themselves in the place of their names; or the exit code when
 * there is nothing to do: help was asked for, or the usage was wrong.
 * @param {readonly string[]} args
 * @param {{ targets: object[], workloads: object[] }} known
 * @param {object} [output] where help and complaints go, as Commander has it
 */
export function readCommandLine(args, { targets, workloads }, output = {}) {
  const [{ name: firstTarget }] = targets;
  const command = new Command('npm run bench --')
    .description('Compares Evernest with other servers of the same data, in turns.')
    .option('--only <targets>', 'these targets, separated by commas', chosenFrom(targets, 'target'))
    .option(
      '--workload <workloads>',
      'these workloads, separated by commas',
      chosenFrom(workloads, 'workload'),
    )
    .option(
      '--startup',
      'how long targets take from their start to their first answer; without --workload, only that',
    )
    .option('--baseline <target>', 'what the others are compared with', oneOf(targets, 'target'), firstTarget)
    .option('--rounds <count>', 'how often each target has its turn', wholeNumber, 10)
    .option('--seconds <seconds>', 'about how long a turn is', positiveNumber, 1)
    .option('--quick', 'only see whether everything runs and answers alike; the figures mean nothing')
    .option('--json <file>', 'write every turn and the summary there; - for stdout, instead of the tables')
    .option('--html <file>', 'write a page with charts there, which needs no network')
    .option('--list', 'say which targets and workloads there are')
    .addHelpText('after', EXIT_CODES_HELP)
    .allowExcessArguments(false)
    .configureOutput(output)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const options = command.opts();
    const selected = options.only ?? targets;
    if (!selected.some(({ name }) => name === options.baseline)) {
      // Something has to be 1.
      if (command.getOptionValueSource('baseline') === 'default') options.baseline = selected[0].name;
      else command.error(`error: --baseline ${options.baseline} is not among the targets of --only`);
    }
    return {
      targets: selected,
      workloads: options.workload ?? (options.startup ? [] : workloads),
      startup: options.startup ?? options.workload === undefined,
      baseline: options.baseline,
      rounds: options.rounds,
      seconds: options.seconds,
      ...(options.quick && QUICK),
      json: options.json,
      html: options.html,
      list: options.list ?? false,
    };
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    throw error;
  }
}

export function oneOf(known, kind) {
  return (text) => named(known, kind, text).name;
}

export function wholeNumber(text) {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
}

export function positiveNumber(text) {
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (number >= 0.1 && number <= 600) return number;
  throw new InvalidArgumentError('It must be a number from 0.1 to 600.');
}
