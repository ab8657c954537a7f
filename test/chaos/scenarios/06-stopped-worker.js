import { exactly, like } from '../expectations/bounds.js';
import { withinAStart } from '../expectations/replacement.js';

/** Three seconds of silence, and until the supervisor looks. */
const KILLED_AFTER_MS = 3_500;
/** The supervisor writes it once it has seen the replacement. */
const RECORDED_WITHIN_MS = 5_000;

export default {
  number: 6,
  name: 'stopped-worker',
  fault: '`SIGSTOP` of a worker',
  mustHold: 'replaced ≤ 5 s, 0 bystanders lost',
  async run(trial) {
    const [pid] = trial.pids;
    trial.signalTo(pid, 'SIGSTOP');
    await trial.endOf(pid);
    const { capacityMs, lost } = await trial.over();
    const decision = await trial.until(() => trial.records.decisionsAbout(pid)[0], RECORDED_WITHIN_MS);

    trial.expect('replaced after', capacityMs, withinAStart(trial, 5_000, KILLED_AFTER_MS));
    trial.expect('reason on record', decision?.reason, like(/has answered nothing/));
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};
