import { postgresBehindProxy } from '../database/postgres-behind-proxy.js';
import { exactly, within } from '../expectations/bounds.js';

const AWAY_MS = 60_000;
const BACK_WITHIN_MS = 2_000;
/** Health is asked for anew after this at the latest, and the cache may answer for as long. */
const KNOWN_WITHIN_MS = 2_000;

export default {
  number: 21,
  name: 'database-away',
  fault: 'the database is away for 60 s',
  mustHold: '0 restarts, live 200, ready 503, every read gets 503 at once, recovers ≤ 2 s',
  note: 'On PostgreSQL no read is answered from memory while it is away: nobody can know what others have committed meanwhile, and the cache is never stale (decision 0009). Each gets 503 with `Retry-After`, and counts as lost in the table.',
  prepare: postgresBehindProxy,
  async run(trial) {
    const { proxy } = trial.prepared;
    const [live, ready] = ['/health/live', '/health/ready'].map((path) => trial.probe(path));
    trial.begin();
    await proxy.refuse();
    await trial.pause(AWAY_MS);
    const backAt = Date.now();
    await proxy.start();
    const { capacityMs, lost, longestWaitMs, restarts } = await trial.over();

    const isWhileAway = ({ at }) => at > trial.beganAt + KNOWN_WITHIN_MS && at < backAt;
    const fates = (answers) => [...new Set(answers.map(({ fate }) => fate))].join();
    const all = [...lost.own, ...lost.bystanders];
    trial.expect('restarts', restarts, exactly(0));
    trial.expect('live', fates(live.answers), exactly('answered'));
    trial.expect('ready while it is away', fates(ready.answers.filter(isWhileAway)), exactly('503'));
    trial.expect('what reads get instead', fates(all), exactly('503'));
    trial.expect('longest wait', longestWaitMs, within(1_000));
    trial.expect('all answer again after', capacityMs - (backAt - trial.beganAt), within(BACK_WITHIN_MS));
    const lastNotReady = ready.answers.findLast(({ fate }) => fate !== 'answered');
    trial.expect('ready after', lastNotReady && lastNotReady.at - backAt, within(BACK_WITHIN_MS));
    trial.expect('lost later', all.filter(({ at }) => at > backAt + BACK_WITHIN_MS).length, exactly(0));
  },
};
