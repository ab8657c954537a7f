import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { chosenFrom } from '../support/chosen-from.js';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.js';

const LARGEST_SEED = 2 ** 32 - 1;
const SOAK_MS = 30 * 60_000;

/**
 * What the user asked for, with the scenarios and targets themselves in the place of their names; or the exit code when there
 * is nothing to do.
 * @param {readonly string[]} args
 * @param {{ targets: object[], scenarios: object[] }} known
 * @param {object} [output] where help and complaints go, as Commander has it
 */
export function readCommandLine(args, { targets, scenarios }, output = {}) {
  const command = new Command('npm run chaos --')
    .description('Breaks a cluster in every known way, and counts what is lost.')
    .option(
      '--only <scenarios>',
      'these scenarios, by number or name, separated by commas',
      chosenFrom(scenarios, 'scenario'),
    )
    .option(
      '--target <targets>',
      `on these targets, separated by commas; else on ${targets[0].name}`,
      chosenFrom(targets, 'target'),
    )
    .option(
      '--without',
      'with the part switched off that a scenario tries: what must hold is to be seen failing',
    )
    .option(
      '--quick',
      'only scenarios that are short, less than six minutes in all where nothing is tried twice; times may be up to three times their bounds, and what does not hold while other machines have the processors is tried once more',
    )
    .option('--seed <number>', 'for whatever is drawn by lot', seed, 1)
    .option('--soak <duration>', 'how long random faults go on, such as 90s or 24h; else 30m', duration)
    .option('--json <file>', 'write all that was found there')
    .option('--keep <folder>', 'keep there what the service wrote in scenarios that did not hold')
    .option('--list', 'say which scenarios and targets there are')
    .addHelpText('after', EXIT_CODES_HELP)
    .allowExcessArguments(false)
    .configureOutput(output)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const {
      only,
      quick = false,
      target = [targets[0]],
      without = false,
      list = false,
      soak = SOAK_MS,
      ...options
    } = command.opts();
    const asked = only ?? scenarios.filter(({ isQuick }) => !quick || isQuick);
    const selected = asked
      .filter((scenario) => !without || scenario.without)
      .filter((scenario) => target.some(({ name }) => (scenario.only ?? name) === name));
    if (selected.length === 0)
      command.error('error: of these scenarios none can be run like that; see --list.');
    return {
      scenarios: selected,
      targets: target,
      without,
      quick,
      list,
      soakMs: soak,
      ...options,
    };
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.wrongUsage;
    throw error;
  }
}

function seed(text) {
  if (/^\d{1,10}$/.test(text) && Number(text) <= LARGEST_SEED) return Number(text);
  throw new InvalidArgumentError(`It must be a whole number up to ${LARGEST_SEED}.`);
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000 };

function duration(text) {
  const [, number, unit] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  if (Number(number) > 0) return Number(number) * UNITS_MS[unit];
  throw new InvalidArgumentError('It must be a number with s, m or h, such as 90s, 30m or 24h.');
}
