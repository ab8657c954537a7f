import Table from 'cli-table3';
import { mebibytes, ratio, short, whole } from './numbers.js';

const PLAIN = { head: [], border: [], compact: true };

/** The summary of a run as tables for a terminal. */
export function reportText({ summary, baseline, rounds, machine }) {
  return [
    ...summary.workloads.map((workload) => workloadText(workload, baseline)),
    ...(summary.startup.length > 0 ? [startupText(summary.startup, baseline)] : []),
    ...(summary.promises.length > 0 ? [promisesText(summary.promises)] : []),
    legend({ baseline, rounds, machine, hasWorkloads: summary.workloads.length > 0 }),
  ].join('\n\n');
}

function workloadText({ name, title, connections, paceOfGenerator, rows }, baseline) {
  const table = tableOf(
    'target',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU µs/req',
    'PSS MiB',
    'CPU ×',
    'requests/s ×',
    'failed',
    'MB/s',
    'ms/req',
    'ms/req, all',
  );
  for (const row of rows) {
    table.push([
      row.target === baseline ? `${row.target} = 1` : row.target,
      whole(row.perSecond),
      short(row.p50Ms),
      short(row.p99Ms),
      short(row.cpuMicroseconds),
      mebibytes(row.pssBytes),
      ratio(row.costRatio),
      ratio(row.speedRatio),
      whole(row.failed),
      short(row.bytesPerSecond / 1e6),
      short(row.meanMs),
      short(row.meanAcrossMs),
    ]);
  }
  const plural = connections === 1 ? 'connection' : 'connections';
  return [`${name}: ${title} (${connections} ${plural})`, table.toString(), ...pace(paceOfGenerator)].join(
    '\n',
  );
}

function pace(targets) {
  if (targets.length === 0) return [];
  return [
    `The load generator used its whole core with ${targets.join(', ')}: their requests/s and times are its own limit, their CPU µs/req are not.`,
  ];
}

function startupText(rows, baseline) {
  const table = tableOf('target', 'ready ms', 'CPU ms', 'PSS MiB', 'time ×');
  for (const { target, readyMs, cpuMs, pssBytes, timeRatio } of rows) {
    table.push([
      target === baseline ? `${target} = 1` : target,
      whole(readyMs),
      whole(cpuMs),
      mebibytes(pssBytes),
      ratio(timeRatio),
    ]);
  }
  return `startup: from the start of the process to its first answer to GET /books/1\n${table.toString()}`;
}

function promisesText(promises) {
  const table = tableOf('promise', 'asked', 'found', '');
  for (const { title, atLeast, atMost, ratio: found, kept } of promises) {
    table.push([
      title,
      atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`,
      ratio(found),
      kept ? 'kept' : 'NOT KEPT',
    ]);
  }
  return `Promises, as ratios of requests for a second of processor time, or of what is named\n${table.toString()}`;
}

function legend({ baseline, rounds, machine, hasWorkloads }) {
  const columns = [
    'CPU µs/req: user and system time of the server for a request, what a noisy machine blurs least; PSS: its memory.',
    `CPU × and requests/s ×: against ${baseline} in the same round, median of ${rounds} rounds (and quartiles); less CPU and more requests are better.`,
    'ms/req: mean time of a request; ms/req, all: the time of the turn for each request of all connections, as ab has them.',
  ];
  return [
    ...(hasWorkloads ? columns : []),
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}.`,
  ].join('\n');
}

function tableOf(...head) {
  const colAligns = head.map((name) => (['target', 'promise', ''].includes(name) ? 'left' : 'right'));
  return new Table({ head, colAligns, style: PLAIN });
}
