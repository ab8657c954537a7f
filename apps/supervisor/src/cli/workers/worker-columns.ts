import type { WorkerView } from '../api/views.js';
import { bytes, bytesOf } from '../output/bytes.js';
import { age } from '../output/durations.js';
import { since } from '../output/moments.js';
import type { Column } from '../output/table.js';
import type { Colour } from '../output/console.js';
import { endCauseOf } from '../why/end-cause.js';

type Paint = (colour: Colour, text: string) => string;

/** What stands for a value that is not known. */
const UNKNOWN = '-';
/** From here on an answer counts as missing: the supervisor asks once a second. */
const SILENT_MS = 1500;
const COLOURS: Readonly<Record<string, Colour>> = {
  online: 'green',
  healthy: 'green',
  stopping: 'yellow',
  strained: 'yellow',
  draining: 'yellow',
  recycle: 'yellow',
  crashed: 'red',
  stopped: 'red',
};

/** @param at when the fleet was seen @param rates requests per second by worker */
export function workerColumns(
  at: string,
  rates: ReadonlyMap<number, number>,
  paint: Paint,
): readonly Column<WorkerView>[] {
  const byWord = (text: string) => (COLOURS[text] ? paint(COLOURS[text], text) : text);
  return [
    { title: 'WORKER', align: 'right', value: ({ pmId }) => String(pmId) },
    { title: 'STATE', value: ({ state }) => state, paint: byWord },
    { title: 'VERDICT', value: verdictOf, paint: byWord },
    {
      title: 'READY',
      value: ({ ready }) => (ready ? 'yes' : 'no'),
      paint: (text, { ready }) => paint(ready ? 'green' : 'red', text),
    },
    {
      title: 'MEMORY',
      align: 'right',
      value: ofGuard(({ rssBytes, rssLimitBytes }) => bytesOf(rssBytes, rssLimitBytes)),
    },
    {
      title: 'FLOOR/MIN',
      align: 'right',
      value: ofGuard(({ heapFloorSlopeBytesPerMinute: slope }) => (slope === null ? UNKNOWN : signed(slope))),
    },
    {
      title: 'LOOP P99',
      align: 'right',
      value: ofGuard(({ eventLoopDelayP99Ms }) => `${Math.round(eventLoopDelayP99Ms)} ms`),
    },
    {
      title: 'LOOP',
      align: 'right',
      value: ofGuard(({ eventLoopUtilization }) => `${Math.round(eventLoopUtilization * 100)} %`),
    },
    {
      title: 'REQ/S',
      align: 'right',
      value: ({ pmId }) => rates.get(pmId)?.toFixed(1) ?? UNKNOWN,
    },
    { title: 'RESTARTS', align: 'right', value: ({ restarts }) => String(restarts) },
    {
      title: 'AGE',
      align: 'right',
      value: ({ uptimeSeconds }) => (uptimeSeconds === null ? UNKNOWN : age(uptimeSeconds * 1000)),
    },
    { title: 'LAST CAUSE', value: (worker) => lastCauseOf(worker, at) },
  ];
}

function verdictOf({ guard, silentForMs }: WorkerView): string {
  if (silentForMs > SILENT_MS) return `silent ${age(silentForMs)}`;
  return guard?.verdict ?? UNKNOWN;
}

function lastCauseOf({ lastDecision }: WorkerView, at: string): string {
  if (!lastDecision) return UNKNOWN;
  const ago = age(since(lastDecision.at, at));
  return `${endCauseOf(lastDecision)}, ${ago} ago${lastDecision.outcome ? '' : ', under way'}`;
}

function ofGuard(show: (guard: NonNullable<WorkerView['guard']>) => string): (worker: WorkerView) => string {
  return ({ guard }) => (guard ? show(guard) : UNKNOWN);
}

function signed(count: number): string {
  return count > 0 ? `+${bytes(count)}` : bytes(count);
}
