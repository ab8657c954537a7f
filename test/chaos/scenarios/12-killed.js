import { exactly } from '../expectations/bounds.js';
import { withinAStart } from '../expectations/replacement.js';

/** A client that has no processor at the moment learns so much later that its connection was ended. */
const TOLD_WITHIN_MS = 250;

export default {
  number: 12,
  name: 'killed',
  fault: '`kill -9` of a worker',
  mustHold: 'ready again ≤ 2 s, only its in-flight requests lost',
  isQuick: true,
  note: 'As in flight counts what is sent within 0.25 s after its end: a client that has no processor sends on a connection of which it has not read yet that it was ended.',
  // pm2 takes its own settings from the environment, too.
  without: { part: 'the restart by pm2', variables: { autorestart: 'false' } },
  async run(trial) {
    const [pid] = trial.pids;
    trial.signalTo(pid, 'SIGKILL');
    await trial.endOf(pid);
    const { capacityMs, lost } = await trial.over();
    const { endedAt } = trial.watch.worker(pid);

    trial.expect('full capacity after', capacityMs, withinAStart(trial, 2_000));
    trial.expect(
      'lost that were sent to it later',
      lost.own.filter(({ at }) => at > endedAt + TOLD_WITHIN_MS).length,
      exactly(0),
    );
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};
