import Table from 'cli-table3';
import { GOAL_COLUMNS, START_COLUMNS, WORKLOAD_COLUMNS } from './columns.js';
import { legend, machineText, GOALS_TITLE, remarks, STARTUP_TITLE, workloadTitle } from './sentences.js';

/** The summary of a run as tables for a terminal. */
export function reportText({ summary, baseline, rounds, machine }) {
  const { workloads, startup, goals } = summary;
  const sections = workloads.map((workload) => [
    workloadTitle(workload),
    tableOf(WORKLOAD_COLUMNS, workload.rows, baseline),
    ...remarks(workload),
  ]);
  if (startup.length > 0) sections.push([STARTUP_TITLE, tableOf(START_COLUMNS, startup, baseline)]);
  if (goals.length > 0) sections.push([GOALS_TITLE, tableOf(GOAL_COLUMNS, goals, baseline)]);
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
