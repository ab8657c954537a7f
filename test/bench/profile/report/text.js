import { short } from '../../report/numbers.js';
import { workloadTitle } from '../../report/sentences.js';
import { tableOf } from '../../report/text.js';
import {
  FUNCTION_CHANGE_COLUMNS,
  FUNCTION_COLUMNS,
  PACKAGE_CHANGE_COLUMNS,
  PACKAGE_COLUMNS,
} from './columns.js';
import { runSentences } from './sentences.js';

/** The rest is small. */
export const PACKAGE_ROWS = 15;

export function figuresText({ workload, figures, top }) {
  return [
    workloadTitle({ ...workload, connections: figures.run.connections }),
    ...runSentences(figures),
    '',
    tableOf(FUNCTION_COLUMNS, figures.functions.slice(0, top)),
    '',
    tableOf(PACKAGE_COLUMNS, figures.packages.slice(0, PACKAGE_ROWS)),
  ].join('\n');
}

export function differencesText({ before, after, functions, packages }, top) {
  const [was, is] = [before, after].map((run) => short(run.mainThreadMicroseconds));
  return [
    `Compared with ${before.startedAt}: the main thread used ${was} µs for a request, now ${is} µs.`,
    '',
    tableOf(FUNCTION_CHANGE_COLUMNS, functions.slice(0, top)),
    '',
    tableOf(PACKAGE_CHANGE_COLUMNS, packages.slice(0, PACKAGE_ROWS)),
  ].join('\n');
}

export function workloadsText(workloads) {
  const width = Math.max(...workloads.map(({ name }) => name.length));
  return workloads.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join('\n');
}
