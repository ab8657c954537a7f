import { exactly, within } from '../expectations/bounds.js';

const WORKERS = 4;
const DRAIN_TIMEOUT_MS = 10_000;

export default {
  number: 28,
  name: 'container-stop',
  fault: 'SIGTERM to process 1 of a container with 4 workers, each with a request that takes 8 s',
  mustHold: 'one drain window, 0 lost',
  isQuick: true,
  note: 'Requests that are refused, once nobody listens any more, are not counted as lost: nobody has taken them.',
  startAs: 'container',
  workers: WORKERS,
  // As docker/Dockerfile has it.
  variables: { PM2_CONCURRENT_ACTIONS: '512', LOG_TARGET: 'stdout' },
  async run(trial) {
    const slow = [];
    while (new Set(slow.map(({ pid }) => pid)).size < WORKERS && slow.length < 10 * WORKERS) {
      slow.push(await trial.poison('wait 8000'));
    }
    const stoppedInMs = await trial.cluster.manager.stop();
    const answers = await Promise.all(slow.map(({ answer }) => answer));
    const { lost } = await trial.over({ patienceMs: 0 });
    // Those that are refused nobody has taken: a client or a proxy sends them elsewhere.
    const taken = [...lost.own, ...lost.bystanders].filter(({ fate }) => fate !== 'ECONNREFUSED');

    trial.expect('workers with a slow request', new Set(slow.map(({ pid }) => pid)).size, exactly(WORKERS));
    trial.expect('slow requests lost', answers.filter(({ fate }) => fate !== '200').length, exactly(0));
    trial.expect('requests lost that were taken', taken.length, exactly(0));
    trial.expect('all ended after', stoppedInMs, within(DRAIN_TIMEOUT_MS + 2_000));
    trial.expect('workers left', trial.watch.living.length, exactly(0));
    return { lostOwn: 0, lostBystanders: taken.length };
  },
};
