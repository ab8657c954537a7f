import { exactly } from '../expectations/bounds.js';
import { isAlive } from '../watch/workers.js';
import { processTree } from '../watch/process-tree.js';

/** Far more than a hang or a silence may last. */
const FROZEN_MS = 6_000;
/** Whoever takes it for a hang has done so by then. */
const AFTERWARDS_MS = 5_000;

export default {
  number: 7,
  name: 'frozen-machine',
  fault: 'the whole machine frozen for 6 s and resumed: pm2, its workers and the supervisor',
  mustHold: '0 false kills, 0 lost of clients who wait',
  isQuick: true,
  // Clients are on other machines, and wait.
  load: { patienceMs: 20_000 },
  without: { part: 'the freezing of all but one worker', variables: {} },
  async run(trial) {
    const before = trial.pids;
    const machine = processTree(trial.cluster.pm2.daemonPid);
    const frozen = trial.isWithoutPart ? before.slice(0, 1) : machine;
    const signalAll = (name) => frozen.filter(isAlive).forEach((pid) => process.kill(pid, name));
    trial.after(() => signalAll('SIGCONT'));
    trial.begin();
    signalAll('SIGSTOP');
    await trial.pause(FROZEN_MS);
    signalAll('SIGCONT');
    await trial.pause(AFTERWARDS_MS);
    const { lost } = await trial.over();

    trial.expect('workers that ended', before.filter((pid) => !isAlive(pid)).length, exactly(0));
    trial.expect('other processes that ended', machine.filter((pid) => !isAlive(pid)).length, exactly(0));
    trial.expect('decisions', trial.records.decisions.length, exactly(0));
    trial.expect('lost', lost.own.length + lost.bystanders.length, exactly(0));
    trial.expect('last words', trial.records.lastWords.length, exactly(0));
  },
};
