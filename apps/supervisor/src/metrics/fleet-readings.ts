import type { Reading } from '@evernest/metrics';
import type { ProcessState } from '../fleet/worker.js';
import type { Operations } from '../operations.js';

const NO_WORKERS: Readonly<Record<ProcessState, number>> = { online: 0, stopping: 0, crashed: 0, stopped: 0 };

type Seen = Pick<Operations, 'fleet' | 'budgetLeft' | 'expectedWorkers'>;

/** What the supervisor sees of the workers, also of those that answer nothing. */
export function fleetReadings(operations: Seen): readonly Reading[] {
  return [
    {
      name: 'evernest_workers',
      help: 'Workers by the state of their process.',
      type: 'gauge',
      label: 'state',
      read() {
        const counts = { ...NO_WORKERS };
        for (const { state } of operations.fleet().workers) counts[state] += 1;
        return counts;
      },
    },
    {
      name: 'evernest_workers_ready',
      help: 'Workers that said in this second that traffic may come.',
      type: 'gauge',
      read: () => operations.fleet().workers.filter(({ isReady }) => isReady).length,
    },
    {
      name: 'evernest_workers_expected',
      help: 'How many workers there should be.',
      type: 'gauge',
      read: () => operations.expectedWorkers,
    },
    {
      name: 'evernest_restart_budget_left',
      help: 'How many more ends of the worker are allowed before it has to rest.',
      type: 'gauge',
      label: 'worker',
      read() {
        const left = operations.fleet().workers.map(({ pmId }) => [pmId, operations.budgetLeft(pmId)]);
        return Object.fromEntries(left);
      },
    },
  ];
}
