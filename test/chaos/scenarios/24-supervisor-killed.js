import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { exactly, within } from '../expectations/bounds.js';
import { askSupervisor } from '../targets/evernest.js';
import { killSupervisor, supervisorKnowsAll } from '../watch/supervisor.js';

export default {
  number: 24,
  name: 'supervisor-killed',
  fault: 'the supervisor killed (`kill -9`), and once more in the middle of a replacement',
  mustHold: 'workers unaffected, re-synchronised ≤ 5 s, nothing done twice',
  isQuick: true,
  only: 'evernest',
  without: { part: 'its note of what it is doing', variables: {} },
  async run(trial) {
    const { opsPort, stateDir, workers } = trial.cluster;
    const before = trial.pids;
    const ended = () => before.filter((pid) => !trial.pids.includes(pid));
    trial.begin();
    const first = await supervisorKnowsAll(trial, await killSupervisor(trial));
    trial.expect('knows all workers after', first, within(5_000));
    trial.expect('workers that ended', ended().length, exactly(0));

    const [{ pmId, pid }] = trial.watch.serving;
    const { id } = await askSupervisor(opsPort, `/workers/${pmId}/recycle`, 'POST');
    await trial.until(() => trial.watch.living.length > workers);
    const killedAt = await killSupervisor(trial);
    if (trial.isWithoutPart) rmSync(join(stateDir, 'supervisor', 'in-progress.json'));
    const second = await supervisorKnowsAll(trial, killedAt);
    trial.expect('in the middle of it', second, within(5_000));

    const outcome = await trial.until(() => trial.records.decisions.find((each) => each.id === id)?.outcome);
    const isSettled = await trial.until(() => trial.watch.living.length === workers);
    const { lost } = await trial.over();
    trial.expect('outcome on record', outcome?.result, exactly('interrupted'));
    trial.expect('as many workers as before', isSettled, exactly(true));
    trial.expect('decisions', trial.records.decisions.length, exactly(1));
    trial.expect(
      'others than the one to be replaced that ended',
      ended().filter((each) => each !== pid).length,
      exactly(0),
    );
    trial.expect('requests lost', lost.bystanders.length, exactly(0));
  },
};
