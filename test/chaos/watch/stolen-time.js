import { readFileSync } from 'node:fs';

/**
 * Which part of the time, in percent, other machines on the same host take from the processors of this one from now on, as a virtual machine is told.
 * @returns {() => number} so far
 */
export function watchStolenTime() {
  const before = processorTime();
  return () => {
    const now = processorTime();
    return Math.round((100 * (now.stolen - before.stolen)) / (now.all - before.all));
  };
}

/** In ticks since the machine was started. What guests of this machine used is in the first columns already. */
function processorTime() {
  const [line] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const columns = line.split(/\s+/).slice(1, 9).map(Number);
  return { all: columns.reduce((sum, ticks) => sum + ticks), stolen: columns.at(-1) };
}
