import { expectReplaced } from '../expectations/memory.js';

export default {
  number: 11,
  name: 'all-leak',
  fault: 'all workers leak together, 10 MB/s each',
  mustHold: 'never more than one away, 0 lost',
  note: 'When they ask, each has some thirty seconds left until its heap is full. They are replaced one after the other, which takes a start, two seconds of watching the new one, and a drain each. One whose heap is nearly full by then leaves by itself, whoever else is away.',
  // Low, so that it is short; no more than one is away all the same.
  variables: { GUARD_MEMORY_LIMIT_MB: '250' },
  async run(trial) {
    const { pids } = trial;
    for (const pid of pids) trial.order(pid, 'object-leak 10');
    await expectReplaced(trial, pids);
  },
};
