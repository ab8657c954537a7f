import { execFileSync } from 'node:child_process';
import { atMost, exactly, like, within } from '../expectations/bounds.js';
import { LeftOut } from '../left-out.js';

/** The usual limit of a service; a worker has some 40 open. */
const LIMIT = 1_024;
/** Three quarters of the limit are open after 37 s. */
const SLOWLY = 20;
/** None is left when the guard looks the next time, which is within a second. */
const AT_ONCE = 20 * LIMIT;
/** Two of five requests come on connections of their own, and the guard looks each second. */
const FRESH_IN_A_SECOND = 40;
/** A replacement ends once its own worker is in its place. */
const RECORDED_WITHIN_MS = 30_000;
/** The guard reads the limit once a second. */
const KNOWN_AFTER_MS = 2_000;

export default {
  number: 30,
  name: 'descriptors-exhausted',
  fault:
    'a worker leaks 20 file descriptors a second, of 1,024 that it may have; then another takes all at once',
  mustHold: 'each replaced, cause on record; 0 lost of the first, ≤ 1 s of its clients of the second',
  async run(trial) {
    const [leaking, exhausted] = trial.pids;
    for (const pid of [leaking, exhausted]) limitDescriptors(pid);
    await trial.pause(KNOWN_AFTER_MS);
    await takeDescriptors(trial, 'slowly', {
      pid: leaking,
      perSecond: SLOWLY,
      goneWithinMs: 70_000,
      // Before it has none left.
      reason: /(?!1024)\b\d+ of 1024 file descriptors are open/,
    });
    await trial.fullCapacity();
    const exhaustedAt = Date.now();
    await takeDescriptors(trial, 'at once', {
      pid: exhausted,
      perSecond: AT_ONCE,
      goneWithinMs: 15_000,
      reason: /1024 of 1024 file descriptors are open/,
    });
    const { lost } = await trial.over();
    const words = trial.records.lastWordsOf(exhausted);

    const all = [...lost.own, ...lost.bystanders];
    trial.expect('slowly: lost', all.filter(({ at }) => at < exhaustedAt).length, exactly(0));
    trial.expect(
      'at once: lost',
      all.filter(({ at }) => at >= exhaustedAt).length,
      atMost(FRESH_IN_A_SECOND),
    );
    trial.expect('at once: cause in its last words', words?.cause, exactly('descriptors'));
  },
};

async function takeDescriptors(trial, how, { pid, perSecond, goneWithinMs, reason }) {
  const begunAt = Date.now();
  trial.order(pid, `descriptor-leak ${perSecond}`);
  await trial.endOf(pid, goneWithinMs);
  const decision = await trial.until(() => trial.records.decisionsAbout(pid)[0], RECORDED_WITHIN_MS);

  trial.expect(`${how}: gone after`, trial.watch.worker(pid).endedAt - begunAt, within(goneWithinMs));
  trial.expect(`${how}: cause on record`, decision?.reason, like(reason));
}

function limitDescriptors(pid) {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${LIMIT}`], { stdio: 'pipe' });
  } catch (error) {
    throw new LeftOut(`It needs prlimit of Linux: ${error.message}`, { cause: error });
  }
}
