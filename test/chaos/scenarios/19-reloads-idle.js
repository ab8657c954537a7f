import { expectNothingLost } from '../expectations/reloads.js';

export default {
  number: 19,
  name: 'reloads-idle',
  fault: '20 reloads, clients that keep their connection and do nothing for up to 1 s between two requests',
  mustHold: '0 lost',
  load: { perSecond: 20, clients: 100, longestPauseMs: 1_000 },
  without: { part: 'the drain', variables: { GUARD_DRAIN_TIMEOUT_MS: '0' } },
  async run(trial) {
    await expectNothingLost(trial, { reloads: 20, requests: 5_000 });
  },
};
