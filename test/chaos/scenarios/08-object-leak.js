import { expectBelowLimit, expectReplaced } from '../expectations/memory.js';

export default {
  number: 8,
  name: 'object-leak',
  fault: 'a worker leaks objects, 10 MB/s',
  mustHold: 'drained and replaced before the limit, 0 lost',
  async run(trial) {
    const [pid] = trial.pids;
    trial.order(pid, 'object-leak 10');
    await expectReplaced(trial, [pid]);
    expectBelowLimit(trial, pid);
  },
};
