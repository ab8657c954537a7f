import { readFileSync } from 'node:fs';

/**
 * Names a living process so that a later one with the same id is not taken for it; undefined when there is none.
 * Linux tells when a process started (field 22 of /proc/<pid>/stat); elsewhere the id has to do.
 */
export function processIdentity(pid) {
  if (!isAlive(pid)) return undefined;
  try {
    // The second field, the command in brackets, may itself hold spaces and brackets.
    const afterCommand = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1);
    return `${pid} ${afterCommand.split(' ')[19]}`;
  } catch {
    return `${pid}`;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
