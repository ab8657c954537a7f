import type { Decision } from '../../decisions/decision.js';
import { EXIT } from '../exit-codes.js';
import type { Colour, Console } from '../output/console.js';
import { duration } from '../output/durations.js';
import { moment } from '../output/moments.js';
import { table, type Column } from '../output/table.js';
import { endCauseOf } from '../why/end-cause.js';
import type { CommandContext } from './command-context.js';

export interface DecisionsRequest {
  readonly limit: number;
  readonly worker?: number | undefined;
}

const COLOURS: Readonly<Record<string, Colour>> = {
  done: 'green',
  failed: 'red',
  interrupted: 'yellow',
};

/** What was decided, newest first. */
export async function showDecisions(
  { api, output }: CommandContext,
  { limit, worker }: DecisionsRequest,
): Promise<number> {
  const items = await api.decisions(limit, worker);
  if (output.isJson) output.json({ items });
  else if (items.length === 0) output.say('Nothing has been decided yet.');
  else {
    const paintTitle = (title: string) => output.paint('bold', title);
    output.block(table(columns(output), items, { width: output.width, paintTitle, wrapLast: true }));
  }
  return EXIT.done;
}

function columns(output: Console): readonly Column<Decision>[] {
  return [
    { title: 'AT', value: ({ at }) => moment(at) },
    { title: 'WORKER', align: 'right', value: ({ worker }) => (worker ? String(worker.pmId) : 'fleet') },
    { title: 'ACTION', value: ({ action }) => action },
    { title: 'CAUSE', value: (decision) => endCauseOf(decision) },
    {
      title: 'RESULT',
      value: ({ outcome }) => outcome?.result ?? 'under way',
      paint: (text) => (COLOURS[text] ? output.paint(COLOURS[text], text) : text),
    },
    {
      title: 'TOOK',
      align: 'right',
      value: ({ durationMs }) => (durationMs === null ? '-' : duration(durationMs)),
    },
    {
      title: 'REASON',
      value: ({ reason, outcome }) => (outcome ? `${reason} → ${outcome.message}` : reason),
    },
  ];
}
