import { atMost, exactly, within } from '../expectations/bounds.js';
import { startReturningClient } from '../load/returning-client.js';

const WORKERS = 4;
const DRAIN_TIMEOUT_MS = 10_000;
/** Until every slow request has come to its handler, also on a machine that others use too. */
const UNDER_WAY_MS = 1_000;
/** What comes in a second. Were the door open to nobody until the end, it would be eight times as much. */
const MOST_IN_THE_KERNEL = 100;

export default {
  number: 28,
  name: 'container-stop',
  fault:
    'SIGTERM to process 1 of a container with 4 workers, each with a client that asks again and again for what takes 8 s',
  mustHold: 'one drain window, 0 lost',
  isQuick: true,
  note: 'Stopped one after another (`pm2 stop all` with PM2_CONCURRENT_ACTIONS=1), it took 43.9 s, and 28 slow requests were taken meanwhile. Requests on connections that no worker has accepted are not counted as lost: nobody has taken them, once nobody listens any more.',
  startAs: 'container',
  workers: WORKERS,
  // As docker/Dockerfile has it.
  variables: { PM2_CONCURRENT_ACTIONS: '512', LOG_TARGET: 'stdout' },
  without: { part: 'the drain', variables: { GUARD_DRAIN_TIMEOUT_MS: '0' } },
  async run(trial) {
    const clients = [];
    const workers = () => new Set(clients.map(({ pid }) => pid).filter(Boolean)).size;
    while (workers() < WORKERS && clients.length < 10 * WORKERS) clients.push(await slowClient(trial));
    await trial.pause(UNDER_WAY_MS);
    const stoppingAt = Date.now();
    await trial.cluster.manager.stop();
    const stoppedInMs = Date.now() - stoppingAt;
    for (const client of clients) client.leave();
    const answers = (await Promise.all(clients.map((client) => client.answers))).flat();
    const taken = answers.filter(({ fate }) => fate !== 'ECONNREFUSED');
    const { lost } = await trial.over({ patienceMs: 0 });

    trial.expect('workers with a slow request', workers(), exactly(WORKERS));
    trial.expect('slow requests lost', taken.filter(({ fate }) => fate !== '200').length, exactly(0));
    trial.expect(
      'slow requests taken during the stop',
      taken.filter(({ askedAt }) => askedAt > stoppingAt).length,
      exactly(0),
    );
    // All workers are the faulty ones: of the others no worker had the connection.
    trial.expect('requests lost that were taken', lost.own.length, exactly(0));
    const reset = lost.bystanders.filter(({ fate }) => fate !== 'ECONNREFUSED');
    trial.expect('reset before a worker took them', reset.length, atMost(MOST_IN_THE_KERNEL));
    trial.expect('all ended after', stoppedInMs, within(DRAIN_TIMEOUT_MS + 2_000));
    trial.expect('workers left', trial.watch.living.length, exactly(0));
    return { lostOwn: 0, lostBystanders: lost.own.length, capacityMs: undefined };
  },
};

async function slowClient(trial) {
  const client = startReturningClient(trial.cluster.port, 'wait 8000');
  trial.after(() => client.leave());
  const connection = await client.connection;
  const pid = await trial.until(() => trial.connections.ownerOf(connection));
  if (pid !== undefined) trial.begin(pid);
  return { ...client, pid };
}
