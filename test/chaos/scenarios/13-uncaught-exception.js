import { expectAnsweredAndReplaced } from '../expectations/fatal-error.js';

export default {
  number: 13,
  name: 'uncaught-exception',
  fault: 'an exception that nobody catches, in a request',
  mustHold: 'its request gets 500 with an id, 0 others lost',
  isQuick: true,
  async run(trial) {
    await expectAnsweredAndReplaced(trial, await trial.poison('uncaught-exception'));
  },
};
