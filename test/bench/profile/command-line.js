import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { oneOf, positiveNumber, wholeNumber } from '../command-line.js';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.js';

const LEAST_INTERVAL_US = 50;

/**
 * What the user asked for; or the exit code when there is nothing to do: help was asked for, or the usage was wrong.
 * @param {readonly string[]} args
 * @param {{ workloads: object[] }} known
 * @param {object} [output] where help and complaints go, as Commander has it
 */
export function readCommandLine(args, { workloads }, output = {}) {
  const command = new Command('npm run profile --')
    .description('Tells what the built service spends its processor time on while it serves.')
    .option('--workload <workload>', 'what it serves', oneOf(workloads, 'workload'), workloads[0].name)
    .option('--seconds <seconds>', 'about how long it is profiled, after a warm-up', positiveNumber, 10)
    .option('--interval-us <microseconds>', 'the time between two samples', interval, 200)
    .option('--top <count>', 'how many functions the table has', wholeNumber, 25)
    .option('--out <folder>', 'where profile and flame graph go; by default one in var/profile for each run')
    .option('--compare <profile>', 'an earlier .cpuprofile: what has changed for each request since')
    .option('--json <file>', 'write all functions and packages there; - for stdout, instead of the tables')
    .option('--list', 'say which workloads there are')
    .addHelpText('after', EXIT_CODES_HELP)
    .allowExcessArguments(false)
    .configureOutput(output)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const { workload, list = false, ...options } = command.opts();
    return { ...options, list, workload: workloads.find(({ name }) => name === workload) };
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    throw error;
  }
}

function interval(text) {
  const microseconds = wholeNumber(text);
  if (microseconds >= LEAST_INTERVAL_US) return microseconds;
  throw new InvalidArgumentError(`It must be at least ${LEAST_INTERVAL_US}: V8 would do little but sample.`);
}
