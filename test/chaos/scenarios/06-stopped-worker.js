import { exactly, like, within } from '../expectations/bounds.js';

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
    const [decision] = trial.records.decisionsAbout(pid);

    trial.expect('replaced after', capacityMs, within(5_000));
    trial.expect('reason on record', decision?.reason, like(/has answered nothing/));
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};
