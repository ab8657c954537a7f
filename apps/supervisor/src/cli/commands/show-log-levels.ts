import type { FleetLogLevelsView } from '../api/views.js';
import { EXIT } from '../exit-codes.js';
import { moment } from '../output/moments.js';
import { table, type Column } from '../output/table.js';
import type { CommandContext } from './command-context.js';

interface Row {
  readonly pmId: number;
  readonly context: string;
  readonly level: string;
  readonly until?: string | undefined;
}

/** What each worker logs, and until when. */
export async function showLogLevels({ api, output }: CommandContext): Promise<number> {
  const fleet = await api.logLevels();
  const paintTitle = (title: string) => output.paint('bold', title);
  if (output.isJson) output.json(fleet);
  else if (fleet.workers.length === 0) output.say('There are no workers.');
  else output.block(table(COLUMNS, fleet.workers.flatMap(rowsOf), { width: output.width, paintTitle }));
  return EXIT.done;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'WORKER', align: 'right', value: ({ pmId }) => String(pmId) },
  { title: 'CONTEXT', value: ({ context }) => context },
  { title: 'LEVEL', value: ({ level }) => level },
  { title: 'UNTIL', value: ({ until }) => (until === undefined ? '-' : moment(until)) },
];

function rowsOf({ pmId, levels }: FleetLogLevelsView['workers'][number]): readonly Row[] {
  if (levels === null) return [{ pmId, context: '-', level: 'no answer' }];
  const { level, until, contexts } = levels;
  return [{ pmId, context: 'all', level, until }, ...contexts.map((own) => Object.assign({ pmId }, own))];
}
