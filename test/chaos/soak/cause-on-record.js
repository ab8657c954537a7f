/** A replacement is on record once the old worker has drained, which takes its deadline where a client keeps a connection. */
const ON_RECORD_WITHIN_MS = 60_000;

/**
 * Holds what was done to a worker against what the service has on record of its end.
 * @param {{ name: string, cause: RegExp, pid: number }} injected
 * @returns what it has instead; undefined if it has exactly the one cause
 */
export async function wrongCause(trial, { name, cause, pid }) {
  const { records } = trial;
  await trial.until(() => records.decisionsAbout(pid).some(({ outcome }) => outcome), ON_RECORD_WITHIN_MS);
  const decisions = records.decisionsAbout(pid);
  const words = records.lastWordsOf(pid);
  // Who was asked to leave knows no more than that.
  const byItself = words && words.cause !== 'asked';
  const onRecord = byItself ? [words.cause, words.message] : decisions.map(({ reason }) => reason);
  if (decisions.length === 1 && onRecord.some((text) => cause.test(text))) return undefined;
  return `${name} of ${pid}: ${onRecord.join(' / ') || 'nothing'} (${decisions.length} decisions)`;
}

/** The ends that none of these processes had: `pid: what is on record`. */
export function unexplainedEnds({ records, watch }, broken) {
  return watch.all
    .filter(({ pid, endedAt }) => endedAt !== undefined && !broken.has(pid))
    .map(({ pid }) => `${pid}: ${records.decisionsAbout(pid)[0]?.reason ?? 'nothing on record'}`);
}
