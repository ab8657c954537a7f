import { execFileSync } from 'node:child_process';
import { exactly, like, within } from '../expectations/bounds.js';
import { LeftOut } from '../left-out.js';

/** The usual limit of a service; a worker has some 40 open. */
const LIMIT = 1_024;
const LEAKED_PER_SECOND = 20;
/** Three quarters of the limit are open after 37 s. */
const REPLACED_WITHIN_MS = 50_000;
const RECORDED_WITHIN_MS = 5_000;

export default {
  number: 30,
  name: 'descriptors-exhausted',
  fault: 'a worker leaks 20 file descriptors a second, of 1,024 that it may have',
  note: 'At 50 a second none was left before the replacement served, and 21 requests that were given to the worker then were lost; it was replaced all the same.',
  mustHold: 'replaced before it has none left, 0 lost, cause on record',
  async run(trial) {
    const [pid] = trial.pids;
    limitDescriptors(pid);
    trial.order(pid, `descriptor-leak ${LEAKED_PER_SECOND}`);
    const endedAfterMs = await trial.endOf(pid, REPLACED_WITHIN_MS);
    const { lost } = await trial.over();

    trial.expect('replaced after', endedAfterMs, within(REPLACED_WITHIN_MS));
    trial.expect('lost', lost.own.length + lost.bystanders.length, exactly(0));
    const decision = await trial.until(() => trial.records.decisions[0], RECORDED_WITHIN_MS);
    trial.expect('cause on record', decision?.reason, like(/\d+ of 1024 file descriptors are open/));
  },
};

function limitDescriptors(pid) {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${LIMIT}`], { stdio: 'pipe' });
  } catch (error) {
    throw new LeftOut(`It needs prlimit of Linux: ${error.message}`, { cause: error });
  }
}
