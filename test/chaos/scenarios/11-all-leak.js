import { expectReplaced } from '../expectations/memory.js';

export default {
  number: 11,
  name: 'all-leak',
  fault: 'all workers leak together, 10 MB/s each',
  mustHold: 'never more than one away, 0 lost',
  note: 'It is a race: each of the three has some ten seconds left when it asks, and they are replaced one after the other. Beside two other clusters (load 10 on two cores) a replacement took longer, all three left by themselves at their limit, and 17 and 139 requests were lost in two runs.',
  // Low, so that it is short; no more than one is away all the same.
  variables: { GUARD_MEMORY_LIMIT_MB: '250' },
  async run(trial) {
    const { pids } = trial;
    for (const pid of pids) trial.order(pid, 'object-leak 10');
    await expectReplaced(trial, pids);
  },
};
