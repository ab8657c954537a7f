import { atLeast, atMost, exactly } from './bounds.js';

/** The default of GUARD_MEMORY_LIMIT_MB. */
const LIMIT_MIB = 700;
/** From the beginning of the leak. If several leak, each waits for the replacements of those before. */
const GONE_WITHIN_MS = 90_000;
const RECORDED_WITHIN_MS = 5_000;

/** @param {number[]} pids who leak */
export async function expectReplaced(trial, pids) {
  const deadline = trial.beganAt + GONE_WITHIN_MS;
  for (const pid of pids) await trial.endOf(pid, deadline - Date.now());
  const { lost } = await trial.over();
  const left = pids.filter((pid) => trial.watch.worker(pid).endedAt);
  const isOnRecord = (pid) => trial.records.decisionsAbout(pid).some(isForMemory);
  await trial.until(() => left.every(isOnRecord), RECORDED_WITHIN_MS);
  const serving = trial.watch.samplesSince(trial.beganAt).map((sample) => sample.serving);

  trial.expect('leaking workers that left', left.length, exactly(pids.length));
  trial.expect('with that cause on record', pids.filter(isOnRecord).length, exactly(pids.length));
  trial.expect('serving at any time', Math.min(...serving), atLeast(trial.cluster.workers - 1));
  trial.expect('own requests lost', lost.own.length, exactly(0));
  trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
}

/** @param {number} pid who leaks */
export function expectBelowLimit(trial, pid) {
  const { mostMebibytes } = trial.watch.worker(pid);
  trial.expect('most that it had resident, MiB', mostMebibytes, atMost(LIMIT_MIB));
}

/** Replaced by the supervisor, or, where it could not wait for that, gone by itself. */
function isForMemory({ reason }) {
  return /resident set|heap/.test(reason);
}
