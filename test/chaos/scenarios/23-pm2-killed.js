import { exactly } from '../expectations/bounds.js';
import { withinAStart } from '../expectations/replacement.js';

/** Until pm2 itself, which the service manager starts, starts the first worker. */
const PM2_STARTS_MS = 2_000;

export default {
  number: 23,
  name: 'pm2-killed',
  fault: 'pm2, run in the foreground by a service manager, is killed (`kill -9`)',
  mustHold: 'serving ≤ 5 s, history kept',
  startAs: 'service',
  without: { part: 'the restart by the service manager' },
  async run(trial) {
    const [first] = trial.pids;
    trial.signalTo(first, 'SIGKILL');
    await trial.until(() => trial.records.decisionsAbout(first).length > 0);
    await trial.fullCapacity();

    const before = trial.pids;
    const killedAt = Date.now();
    trial.begin(...before);
    if (trial.isWithoutPart) trial.cluster.manager.giveUp();
    process.kill(trial.cluster.manager.pid, 'SIGKILL');
    const serving = () => trial.pids.some((pid) => !before.includes(pid)) && Date.now() - killedAt;
    trial.expect('serving after', await trial.until(serving), withinAStart(trial, 5_000, PM2_STARTS_MS));
    await trial.over();
    if (!trial.isEvernest) return;
    const ended = [first, ...before];
    // The next supervisor has looked at what was left by then.
    await trial.until(() => ended.every((pid) => trial.records.decisionsAbout(pid).length > 0));
    const records = ended.map((pid) => trial.records.decisionsAbout(pid).length);
    trial.expect('records of each end', String(records), exactly(String(ended.map(() => 1))));
  },
};
