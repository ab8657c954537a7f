import { expectKilledAsHung, withoutHangWatchdog } from '../expectations/hang.js';

export default {
  number: 2,
  name: 'regular-expression',
  fault: 'a catastrophic regular expression in a request',
  mustHold:
    'killed ≤ timeout + 0.5 s, file and line of the expression named, full capacity ≤ 3 s later, 0 bystanders lost',
  without: withoutHangWatchdog,
  async run(trial) {
    const { pid } = await trial.poison('regular-expression');
    await expectKilledAsHung(trial, pid, { place: /regularExpression .*regular-expression\.js:3:/ });
  },
};
