import { expectKilledAsHung, withoutHangWatchdog } from '../expectations/hang.js';

export default {
  number: 4,
  name: 'microtask-spin',
  fault: 'microtasks that make microtasks, without end',
  mustHold: 'killed ≤ timeout + 0.5 s, its place named, full capacity ≤ 3 s later, 0 bystanders lost',
  without: withoutHangWatchdog,
  async run(trial) {
    const { pid } = await trial.poison('microtask-spin');
    await expectKilledAsHung(trial, pid, { place: /microtaskSpin .*microtask-spin\.js:\d+/ });
  },
};
