import { askSupervisor } from '../targets/evernest.js';

/** Kills the supervisor, as the kernel does when memory is short. */
export async function killSupervisor({ cluster }) {
  const [{ pid }] = await cluster.pm2.processes('supervisor');
  process.kill(pid, 'SIGKILL');
  return Date.now();
}

/** @returns how many ms after `time` the supervisor told of the very processes that there are; undefined if it does not */
export function supervisorKnowsAll(trial, time) {
  return trial.until(async () => {
    const answer = await askSupervisor(trial.cluster.opsPort, '/workers').catch(() => undefined);
    const known = answer?.workers.map(({ pid }) => pid).toSorted();
    const there = trial.watch.living.map(({ pid }) => pid).toSorted();
    return known !== undefined && String(known) === String(there) && Date.now() - time;
  });
}
