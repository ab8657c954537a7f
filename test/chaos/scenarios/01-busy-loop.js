import { expectKilledAsHung, withoutHangWatchdog } from '../expectations/hang.js';

export default {
  number: 1,
  name: 'busy-loop',
  fault: '`for (;;)` in a request',
  mustHold: 'killed ≤ timeout + 0.5 s, request named, full capacity ≤ 3 s later, 0 bystanders lost',
  isQuick: true,
  without: withoutHangWatchdog,
  async run(trial) {
    const { pid } = await trial.poison('busy-loop');
    await expectKilledAsHung(trial, pid, { place: /busyLoop .*busy-loop\.js:\d+/ });
  },
};
