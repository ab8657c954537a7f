import { LOG_LEVELS } from '@evernest/logging';
import { Option, type Command } from 'commander';
import { pmIdArgument } from '../arguments.js';
import { countArgument, patternArgument, sourceArgument } from './logs-arguments.js';
import { momentArgument } from './moment-argument.js';

const MOMENT = '10m (ago), 18:00, 2026-11-21T18:00';

/** The arguments and options of `ops logs`. */
export function withLogsOptions(command: Command): Command {
  return command
    .argument('[files...]', 'logs or other files, compressed or not, in place of combined.log')
    .option('--source <name>', 'a log of STATE_DIR/log, such as error; may be repeated', sourceArgument)
    .option('--access', 'the access log as well')
    .addOption(new Option('--level <level>', 'lines of this level and graver ones').choices(LOG_LEVELS))
    .option('--request <id>', 'lines of one request, as an error answer tells its id; also in access.log')
    .option('--worker <pmId>', 'lines of one worker, by its number', pmIdArgument)
    .option('--context <name>', 'lines of one part of the application, such as BooksService')
    .option('--grep <pattern>', 'lines in which this regular expression is found', patternArgument)
    .option('--since <moment>', `lines from then on: ${MOMENT}`, momentArgument)
    .addOption(
      new Option('--until <moment>', 'lines up to then').argParser(momentArgument).conflicts('follow'),
    )
    .option('-n, --lines <n>', 'only the last n of them', countArgument)
    .option('-f, --follow', 'the last 20 unless -n or --since is given, then what comes, until Ctrl-C');
}
