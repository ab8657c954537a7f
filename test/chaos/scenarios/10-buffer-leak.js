import { expectBelowLimit, expectReplaced } from '../expectations/memory.js';

export default {
  number: 10,
  name: 'buffer-leak',
  fault: 'a worker leaks Buffers, outside its heap, 10 MB/s',
  mustHold: 'drained and replaced before the limit, 0 lost',
  async run(trial) {
    const [pid] = trial.pids;
    trial.order(pid, 'buffer-leak 10');
    await expectReplaced(trial, [pid]);
    expectBelowLimit(trial, pid);
  },
};
