import type { FleetView } from '../api/views.js';
import type { Console } from '../output/console.js';
import { moment } from '../output/moments.js';
import { table } from '../output/table.js';
import { workerColumns } from './worker-columns.js';

/** The table of the workers, and a line on the fleet as a whole. */
export function fleetPicture(
  fleet: FleetView,
  rates: ReadonlyMap<number, number>,
  output: Pick<Console, 'width' | 'paint' | 'fit'>,
): string {
  const { at, expectedWorkers, workers } = fleet;
  const ready = workers.filter((worker) => worker.ready).length;
  const summary = output.fit(`${ready} of ${expectedWorkers} workers ready, ${moment(at)}`);
  const painted = output.paint(ready < expectedWorkers ? 'red' : 'dim', summary);
  if (workers.length === 0) return painted;
  const columns = workerColumns(at, rates, (colour, text) => output.paint(colour, text));
  const style = { width: output.width, paintTitle: (title: string) => output.paint('bold', title) };
  return `${table(columns, workers, style)}\n\n${painted}`;
}
