import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactly, like } from '../expectations/bounds.js';
import { withinAStart } from '../expectations/replacement.js';
import { askSupervisor } from '../targets/evernest.js';

const START_FAILED = 71;

export default {
  number: 15,
  name: 'throws-at-start',
  fault: 'code that throws at start, as a worker that was killed is to be replaced',
  mustHold: 'exit 71 ≤ 2 s, cause shown, never counted as serving',
  isQuick: true,
  async run(trial) {
    trial.order('all', 'throw-at-start');
    trial.signalTo(trial.pids[0], 'SIGKILL');
    const isNew = ({ startedAt }) => startedAt > trial.beganAt;
    let wasReady = false;
    const failed = await trial.until(async () => {
      wasReady ||= await isReady(trial, isNew);
      return trial.watch.all.find((worker) => isNew(worker) && worker.endedAt);
    });
    trial.begin(...trial.watch.all.filter(isNew).map(({ pid }) => pid));
    trial.cure('all');
    const { lost } = await trial.over();
    const [decision] = trial.records.decisionsAbout(failed?.pid);

    trial.expect('gone after', failed?.endedAt - failed?.startedAt, withinAStart(trial, 2_000));
    trial.expect('exit code', failed && exitCodeOf(trial, failed), exactly(START_FAILED));
    trial.expect('cause shown', decision?.reason, like(/could not start: .*broken on purpose at the start/));
    trial.expect('counted as serving', wasReady || failed?.servesSince !== undefined, exactly(false));
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};

async function isReady(trial, isNew) {
  if (!trial.isEvernest) return false;
  const { workers } = await askSupervisor(trial.cluster.opsPort, '/workers');
  return workers.some(({ pid, ready }) => ready && isNew(trial.watch.worker(pid) ?? {}));
}

/** As pm2 saw it; the last words only tell what it was to be. */
function exitCodeOf({ cluster }, { pmId }) {
  const log = readFileSync(join(cluster.folder, 'pm2/pm2.log'), 'utf8');
  const codes = [...log.matchAll(/App \[\w+:(\d+)\] exited with code \[(\d+)\]/g)];
  return codes
    .filter(([, number]) => Number(number) === pmId)
    .map(([, , code]) => Number(code))
    .find((code) => code !== 0);
}
