import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const UTIME = 11;
const STIME = 12;
let microsecondsPerTick;

/** User and system time of these processes, with all their threads, in µs. The kernel tells it in steps of 10 ms. */
export function cpuMicroseconds(pids) {
  microsecondsPerTick ??= 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return sum(pids, (pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name, may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[UTIME]) + Number(fields[STIME])) * microsecondsPerTick;
  });
}

/** The proportional set size of these processes: what they share, such as Node itself, counts in parts. */
export function pssBytes(pids) {
  return sum(pids, (pid) => {
    const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(kilobytes) * 1024;
  });
}

function sum(pids, figureOf) {
  return pids.reduce((total, pid) => total + figureOf(pid), 0);
}
