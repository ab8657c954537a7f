import Table from 'cli-table3';
import { isLate, triedOn } from './verdict.js';

const ON_RECORD = 'on record';
const ON_RECORD_WIDTH = 60;
const COLUMNS = [
  '#',
  'scenario',
  'tried on',
  'held',
  'requests',
  'lost, own',
  'lost, others',
  'detected',
  'full capacity',
  'restarts',
  ON_RECORD,
];

/** The table for a terminal. */
export function reportText(results) {
  const table = new Table({
    head: COLUMNS,
    style: { head: [], border: [] },
    colWidths: COLUMNS.map((column) => (column === ON_RECORD ? ON_RECORD_WIDTH : null)),
    wordWrap: true,
  });
  for (const result of results) table.push(rowOf(result));
  return table.toString();
}

function rowOf(result) {
  const { number, name, error, requests, lostOwn, lostBystanders } = result;
  const target = triedOn(result);
  if (error) return [number, name, target, 'not run', ...Array.from({ length: 7 }, () => '')];
  const { detectMs, capacityMs, restarts, causes } = result;
  return [
    number,
    name,
    target,
    heldText(result),
    requests,
    lostOwn,
    lostBystanders,
    seconds(detectMs),
    seconds(capacityMs),
    restarts,
    [...new Set(causes)].join(', '),
  ];
}

function heldText(result) {
  if (!result.held) return 'NO';
  return isLate(result) ? 'yes, late' : 'yes';
}

/** @param {number | null | undefined} ms null if it never was, undefined where it means nothing */
export function seconds(ms) {
  if (ms === undefined) return '–';
  return ms === null ? 'never' : `${(ms / 1000).toFixed(1)} s`;
}
