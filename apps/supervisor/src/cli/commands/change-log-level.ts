import { EXIT } from '../exit-codes.js';
import type { CommandContext } from './command-context.js';

export interface LogLevelRequest {
  readonly level: string;
  /** Undefined for all. */
  readonly worker?: number | undefined;
}

/** Exit code 1 if a worker did not take it. */
export async function changeLogLevel(
  { api, output }: CommandContext,
  { level, worker }: LogLevelRequest,
): Promise<number> {
  const answer = await api.setLogLevel(level, worker);
  const { changed, failed } = answer;
  if (output.isJson) output.json(answer);
  else if (changed.length > 0) output.say(`${named(changed)} now ${verb(changed)} at level ${level}.`);
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

function verb(workers: readonly number[]): string {
  return workers.length === 1 ? 'logs' : 'log';
}
