import { atMost, exactly } from '../expectations/bounds.js';

export default {
  number: 12,
  name: 'killed',
  fault: '`kill -9` of a worker',
  mustHold: 'ready again ≤ 2 s, only its in-flight requests lost',
  isQuick: true,
  // pm2 takes its own settings from the environment, too.
  without: { part: 'the restart by pm2', variables: { autorestart: 'false' } },
  async run(trial) {
    const [pid] = trial.pids;
    trial.signalTo(pid, 'SIGKILL');
    await trial.endOf(pid);
    const { capacityMs, lost } = await trial.over();
    const { endedAt } = trial.watch.worker(pid);

    trial.expect('full capacity after, ms', capacityMs, atMost(2_000));
    trial.expect(
      'lost that were sent to it later',
      lost.own.filter(({ at }) => at > endedAt).length,
      exactly(0),
    );
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};
