import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that come from it, as the kernel has them. */
export function processTree(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)]);
  const childrenOf = (parent) => parents.filter(([, each]) => each === parent).map(([child]) => child);
  return [pid, ...childrenOf(pid).flatMap(processTree)];
}

function parentOf(pid) {
  try {
    // The name is in parentheses and may contain spaces; after it come the state and the parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')[1]);
  } catch {
    return undefined;
  }
}
