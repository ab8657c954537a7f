import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.js';

const LARGEST_SEED = 2 ** 32 - 1;

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
    .option('--target <targets>', 'on these targets, separated by commas', chosenFrom(targets, 'target'), [
      targets[0],
    ])
    .option(
      '--without',
      'with the part switched off that a scenario tries: what must hold is to be seen failing',
    )
    .option('--quick', 'only scenarios that are short, less than six minutes in all')
    .option('--seed <number>', 'for whatever is drawn by lot', seed, 1)
    .option(
      '--soak <duration>',
      'how long random faults go on, such as 90s, 30m or 24h',
      duration,
      30 * 60_000,
    )
    .option('--json <file>', 'write all that was found there')
    .option('--keep <folder>', 'keep there what the service wrote in scenarios that did not hold')
    .option('--list', 'say which scenarios and targets there are')
    .addHelpText('after', EXIT_CODES_HELP)
    .allowExcessArguments(false)
    .configureOutput(output)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const { only, quick = false, target, without = false, list = false, soak, ...options } = command.opts();
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

function chosenFrom(known, kind) {
  return (text) => {
    const asked = new Set(text.split(',').map((name) => one(known, kind, name.trim())));
    // In our order, each once.
    return known.filter((item) => asked.has(item));
  };
}

function one(known, kind, text) {
  const found = known.find(({ name, number }) => name === text || String(number) === text);
  if (found) return found;
  throw new InvalidArgumentError(`There is no ${kind} "${text}"; --list says which there are.`);
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
