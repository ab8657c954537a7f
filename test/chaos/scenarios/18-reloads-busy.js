import { expectNothingLost } from '../expectations/reloads.js';

export default {
  number: 18,
  name: 'reloads-busy',
  fault: '20 reloads, clients that ask again as soon as they have their answer',
  mustHold: '0 of ≥ 100,000 lost',
  load: { perSecond: 20, clients: 20 },
  without: { part: 'the drain', variables: { GUARD_DRAIN_TIMEOUT_MS: '0' } },
  async run(trial) {
    await expectNothingLost(trial, { reloads: 20, requests: 100_000 });
  },
};
