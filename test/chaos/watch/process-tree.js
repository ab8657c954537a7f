import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that come from it, as the kernel has them. */
export function processTree(pid) {
  const parents = pids().map((each) => [each, parentOf(each)]);
  const childrenOf = (parent) => parents.filter(([, each]) => each === parent).map(([child]) => child);
  return [pid, ...childrenOf(pid).flatMap(processTree)];
}

/** Those that have this variable from their start: also who lost its parent, and who has not written down its pid yet. */
export function processesWith(name, value) {
  return pids().filter((pid) => environmentOf(pid).includes(`${name}=${value}`));
}

function pids() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Empty of a process that is not ours, or has ended. */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function parentOf(pid) {
  try {
    // The name is in parentheses and may contain spaces; after it come the state and the parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')[1]);
  } catch {
    return undefined;
  }
}
