import { expectAnsweredAndReplaced } from '../expectations/fatal-error.js';

export default {
  number: 14,
  name: 'unhandled-rejection',
  fault: 'a rejection that nobody handles, in a request',
  mustHold: 'its request gets 500 with an id, 0 others lost',
  async run(trial) {
    await expectAnsweredAndReplaced(trial, await trial.poison('unhandled-rejection'));
  },
};
