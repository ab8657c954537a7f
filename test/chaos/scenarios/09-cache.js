import { atLeast, exactly } from '../expectations/bounds.js';

const FILLS_AND_STAYS_MS = 40_000;

export default {
  number: 9,
  name: 'cache',
  fault: 'none: a cache that grows to 300 MB within 15 s, and stays',
  mustHold: '0 restarts',
  // pm2 takes its own settings from the environment, too.
  without: {
    part: 'the judgement of what is kept; in its place the limit of pm2, 300 MB',
    variables: { max_memory_restart: '300000000', PM2_WORKER_INTERVAL: '5000' },
  },
  async run(trial) {
    const [pid] = trial.pids;
    trial.order(pid, 'cache 300 20');
    await trial.pause(FILLS_AND_STAYS_MS);
    // There is no fault in it: it serves as the others do.
    trial.faulty.delete(pid);
    const { restarts, lost } = await trial.over();

    trial.expect('most that it had resident, MiB', trial.watch.worker(pid).mostMebibytes, atLeast(350));
    trial.expect('restarts', restarts, exactly(0));
    trial.expect('decisions', trial.records.decisions.length, exactly(0));
    trial.expect('lost', lost.bystanders.length, exactly(0));
  },
};
