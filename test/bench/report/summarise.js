import { median } from '../figures/quantile.js';
import { ratioOf } from '../figures/ratios.js';
import { judgeGoals } from './goals.js';

/** Above this share of its core the generator and not the server may set the pace. */
const BUSY_GENERATOR = 0.95;
const TURN_FIGURES = [
  'perSecond',
  'perCpuSecond',
  'p50Ms',
  'p99Ms',
  'meanMs',
  'meanAcrossMs',
  'bytesPerSecond',
  'cpuMicroseconds',
  'pssBytes',
];
const START_FIGURES = ['readyMs', 'cpuMs', 'pssBytes'];

/** What all turns of a run come to: medians of figures, and medians of ratios with their quartiles. */
export function summarise({ workloads, targets, baseline, turns, starts }) {
  return {
    workloads: workloads.map((workload) => {
      const here = turns.filter((turn) => turn.workload === workload.name);
      return workloadSummary(workload, { here, targets, baseline });
    }),
    startup: targetsIn(starts, targets).map((target) => startRow(target, { starts, baseline })),
    goals: judgeGoals({ turns, starts }),
  };
}

function workloadSummary({ name, title }, { here, targets, baseline }) {
  const present = targetsIn(here, targets);
  const share = (target) => median(here.filter(isOf(target)).map((turn) => turn.generatorShare));
  return {
    name,
    title,
    connections: here[0]?.connections,
    paceOfGenerator: present.filter((target) => share(target) > BUSY_GENERATOR),
    rows: present.map((target) => turnRow(target, { here, baseline })),
  };
}

function turnRow(target, { here, baseline }) {
  const own = here.filter(isOf(target));
  const others = here.filter(isOf(baseline));
  return {
    target,
    ...medians(own, TURN_FIGURES),
    requests: own.reduce((sum, { requests }) => sum + requests, 0),
    failed: own.reduce((sum, { failed }) => sum + failed, 0),
    failures: sumOfCounts(own.map(({ failures }) => failures)),
    speedRatio: ratioOf(own, others, 'perSecond'),
    speedPerCpuRatio: ratioOf(own, others, 'perCpuSecond'),
    costRatio: ratioOf(own, others, 'cpuMicroseconds'),
  };
}

function startRow(target, { starts, baseline }) {
  const own = starts.filter(isOf(target));
  return {
    target,
    ...medians(own, START_FIGURES),
    timeRatio: ratioOf(own, starts.filter(isOf(baseline)), 'readyMs'),
  };
}

/** Failures by their kinds. */
function sumOfCounts(all) {
  const sums = {};
  for (const [kind, count] of all.flatMap(Object.entries)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}

function medians(turns, figures) {
  return Object.fromEntries(figures.map((figure) => [figure, median(turns.map((turn) => turn[figure]))]));
}

function targetsIn(turns, targets) {
  return targets.map(({ name }) => name).filter((name) => turns.some(isOf(name)));
}

function isOf(name) {
  return ({ target }) => target === name;
}
