import { postgresBehindProxy } from '../database/postgres-behind-proxy.js';
import { atMost, exactly, within } from '../expectations/bounds.js';

const SILENT_MS = 30_000;
const PROBE_TIMEOUT_MS = 2_000;
const BACK_WITHIN_MS = 2_000;
/** Of each worker: its pool, one that listens for changes, one that asks for a sign of life, and one that is just being closed. */
const CONNECTIONS = 3 * (10 + 1 + 1 + 1);

export default {
  number: 22,
  name: 'database-silent',
  fault: 'a database that accepts and never answers, for 30 s',
  mustHold: 'probes within their timeout, no pile-up, requests fail with 503 in time, 0 restarts',
  note: 'In time is 6 s: the first two seconds of requests wait for a connection until their 5 s are over, those after them are refused within one.',
  prepare: postgresBehindProxy,
  async run(trial) {
    const { proxy } = trial.prepared;
    const [live, ready] = ['/health/live', '/health/ready'].map((path) => trial.probe(path));
    trial.begin();
    proxy.silence();
    await trial.pause(SILENT_MS);
    const backAt = Date.now();
    await proxy.start();
    const { capacityMs, lost, longestWaitMs, restarts } = await trial.over();

    const isWhileSilent = ({ at }) => at > trial.beganAt + PROBE_TIMEOUT_MS && at < backAt - PROBE_TIMEOUT_MS;
    const fates = (answers) => [...new Set(answers.map(({ fate }) => fate))].join();
    const longest = (answers) => Math.max(...answers.map(({ waitedMs }) => waitedMs));
    const all = [...lost.own, ...lost.bystanders];
    trial.expect('restarts', restarts, exactly(0));
    trial.expect('live', fates(live.answers), exactly('answered'));
    trial.expect('ready while it is silent', fates(ready.answers.filter(isWhileSilent)), exactly('503'));
    trial.expect(
      'longest probe',
      longest([...live.answers, ...ready.answers]),
      within(PROBE_TIMEOUT_MS + 500),
    );
    trial.expect('what reads get instead', fates(all), exactly('503'));
    trial.expect('longest wait', longestWaitMs, within(6_000));
    trial.expect('connections to it, at most', proxy.mostHeld, atMost(CONNECTIONS));
    trial.expect('all answer again after', capacityMs - (backAt - trial.beganAt), within(BACK_WITHIN_MS));
    trial.expect('lost later', all.filter(({ at }) => at > backAt + BACK_WITHIN_MS).length, exactly(0));
  },
};
