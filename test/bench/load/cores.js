import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const CORES = availableParallelism();

/** Whether the server and the load can have a processor each. */
export const canSeparate = CORES >= 2;

/** The load generator's, and this program's, which waits while a server is measured. */
export const GENERATOR_CORE = 1;

/** Those of a target with so many processes: never the generator's, so on two cores all share the first. */
export function coresFor(processes) {
  const others = Array.from({ length: CORES }, (_, core) => core).filter((core) => core !== GENERATOR_CORE);
  return others.slice(0, processes);
}

/** A command that runs on these cores only; on any when there are none. */
export function pinned(cores, [command, ...args]) {
  return canSeparate && cores.length > 0
    ? ['taskset', ['--cpu-list', cores.join(','), command, ...args]]
    : [command, args];
}

export function pinThisProcess(core) {
  if (canSeparate)
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(process.pid)]);
}
