import Table from 'cli-table3';
import { PROMISE_COLUMNS, START_COLUMNS, WORKLOAD_COLUMNS } from './columns.js';
import { legend, machineText, PROMISES_TITLE, remarks, STARTUP_TITLE, workloadTitle } from './sentences.js';

/** The summary of a run as tables for a terminal. */
export function reportText({ summary, baseline, rounds, machine }) {
  const { workloads, startup, promises } = summary;
  const sections = workloads.map((workload) => [
    workloadTitle(workload),
    tableOf(WORKLOAD_COLUMNS, workload.rows, baseline),
    ...remarks(workload),
  ]);
  if (startup.length > 0) sections.push([STARTUP_TITLE, tableOf(START_COLUMNS, startup, baseline)]);
  if (promises.length > 0) sections.push([PROMISES_TITLE, tableOf(PROMISE_COLUMNS, promises, baseline)]);
  const explanation = workloads.length > 0 ? legend({ baseline, rounds }) : [];
  sections.push([...explanation, machineText(machine)]);
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

export function tableOf(columns, rows, baseline) {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ left }) => (left ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map(({ cell }) => cell(row, baseline)));
  return table.toString();
}
