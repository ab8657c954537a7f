import { summarise } from './summarise.js';

const TURN = {
  connections: 50,
  requests: 1000,
  failed: 0,
  failures: {},
  bytesPerSecond: 5e6,
  p50Ms: 2.5,
  p99Ms: 7,
  meanMs: 3,
  meanAcrossMs: 0.06,
  generatorShare: 0.5,
  pssBytes: 64 * 2 ** 20,
};

export function turn(target, round, cpuMicroseconds, more = {}) {
  const perCpuSecond = 1e6 / cpuMicroseconds;
  return {
    ...TURN,
    workload: 'books-by-id',
    target,
    round,
    cpuMicroseconds,
    perCpuSecond,
    perSecond: perCpuSecond,
    ...more,
  };
}

/** A run of two rounds in which Evernest costs half of what node:http does. */
export function runOf(turns, starts = []) {
  const targets = [
    { name: 'node-http', title: 'plain' },
    { name: 'evernest', title: 'ours' },
  ];
  const workloads = [{ name: 'books-by-id', title: 'one book' }];
  const baseline = 'node-http';
  return {
    baseline,
    rounds: 2,
    machine: { cpu: 'a processor', cores: 2, node: '20.0.0' },
    startedAt: '2026-11-21T12:00:00.000Z',
    targets,
    summary: summarise({ workloads: turns.length > 0 ? workloads : [], targets, baseline, turns, starts }),
  };
}
