import type { LogLevelQuery, LogLevelRequest } from '../../http/log-level.request.js';
import type { LogLevelOutcomeView } from '../api/views.js';
import { EXIT } from '../exit-codes.js';
import { duration } from '../output/durations.js';
import type { CommandContext } from './command-context.js';

/** Exit code 1 if a worker did not take it. */
export async function changeLogLevel(context: CommandContext, change: LogLevelRequest): Promise<number> {
  const { level, context: name, forMs } = change;
  const what = name === undefined ? '' : ` lines of ${name}`;
  const howLong = forMs === undefined ? '' : ` for ${duration(forMs)}`;
  const outcome = await context.api.setLogLevel(change);
  return tell(context, outcome, `now log${what} at level ${level}${howLong}`);
}

/** The same. */
export async function resetLogLevel(context: CommandContext, query: LogLevelQuery): Promise<number> {
  const what = query.context === undefined ? '' : ` lines of ${query.context}`;
  return tell(context, await context.api.resetLogLevel(query), `log${what} as configured again`);
}

function tell({ output }: CommandContext, outcome: LogLevelOutcomeView, whatTheyDo: string): number {
  const { changed, failed } = outcome;
  if (output.isJson) output.json(outcome);
  else if (changed.length === 1) output.say(`${named(changed)} ${whatTheyDo.replace(/\blog\b/, 'logs')}.`);
  else if (changed.length > 1) output.say(`${named(changed)} ${whatTheyDo}.`);
  if (failed.length === 0 && changed.length > 0) return EXIT.done;
  output.complain(
    failed.length > 0
      ? `${named(failed)} did not answer and may log as before. Try again, or see \`npm run ops -- workers\`.`
      : 'There is no worker whose level could be changed.',
  );
  return EXIT.refusedOrFailed;
}

function named(workers: readonly number[]): string {
  return workers.length === 1 ? `Worker ${workers[0]}` : `Workers ${workers.join(', ')}`;
}
