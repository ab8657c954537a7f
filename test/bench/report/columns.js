import { mebibytes, ratio, short, whole } from './numbers.js';

/** The columns of the tables, on the terminal and on the page. A cell gets its row and the name of the baseline. */
const target = {
  head: 'target',
  left: true,
  cell: (row, baseline) => (row.target === baseline ? `${row.target} = 1` : row.target),
};
const memory = { head: 'PSS MiB', cell: ({ pssBytes }) => mebibytes(pssBytes) };

export const WORKLOAD_COLUMNS = [
  target,
  { head: 'requests/s', cell: ({ perSecond }) => whole(perSecond) },
  { head: 'p50 ms', cell: ({ p50Ms }) => short(p50Ms) },
  { head: 'p99 ms', cell: ({ p99Ms }) => short(p99Ms) },
  { head: 'CPU µs/req', cell: ({ cpuMicroseconds }) => short(cpuMicroseconds) },
  memory,
  { head: 'CPU ×', cell: ({ costRatio }) => ratio(costRatio) },
  { head: 'requests/s ×', cell: ({ speedRatio }) => ratio(speedRatio) },
  { head: 'failed', cell: ({ failed }) => whole(failed) },
  { head: 'MB/s', cell: ({ bytesPerSecond }) => short(bytesPerSecond / 1e6) },
  { head: 'ms/req', cell: ({ meanMs }) => short(meanMs) },
  { head: 'ms/req, all', cell: ({ meanAcrossMs }) => short(meanAcrossMs) },
];

export const START_COLUMNS = [
  target,
  { head: 'ready ms', cell: ({ readyMs }) => whole(readyMs) },
  { head: 'CPU ms', cell: ({ cpuMs }) => whole(cpuMs) },
  memory,
  { head: 'time ×', cell: ({ timeRatio }) => ratio(timeRatio) },
];

export const GOAL_COLUMNS = [
  { head: 'goal', left: true, cell: ({ title }) => title },
  { head: 'asked', cell: ({ atLeast, atMost }) => (atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`) },
  { head: 'found', cell: (goal) => ratio(goal.ratio) },
  { head: '', left: true, cell: ({ reached }) => (reached ? 'reached' : 'not reached') },
];
