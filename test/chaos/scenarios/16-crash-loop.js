import { atLeast, atMost, exactly } from '../expectations/bounds.js';

const BUDGET = 5;
const CALM_MS = 12_000;
const PARKED_WITHIN_MS = 40_000;
const TRIED_WITHIN_MS = 60_000;

export default {
  number: 16,
  name: 'crash-loop',
  fault: 'a crash loop after a calm period',
  mustHold:
    'within the budget of 5 in 30 s, N−1 keep serving, trial start later, recovers by itself when cured',
  // pm2 stops counting crashes after ten times this, and a loop that begins later goes on for ever: 10 s are calm enough.
  variables: { min_uptime: '1000' },
  without: { part: 'the supervisor' },
  async run(trial) {
    if (trial.isWithoutPart) await trial.cluster.pm2.run('stop', 'supervisor');
    await trial.pause(CALM_MS);
    const [pid] = trial.pids;
    const { pmId } = trial.watch.worker(pid);
    const decided = (action) => () =>
      trial.records.decisions.find(({ worker, outcome, ...decision }) => {
        return decision.action === action && worker?.pmId === pmId && outcome?.result === 'done';
      });
    trial.order('all', 'crash-after-start 200');
    trial.order(pid, 'uncaught-exception');
    const parked = await trial.until(decided('park'), PARKED_WITHIN_MS);
    const crashed = trial.watch.all.filter(({ startedAt }) => startedAt > trial.beganAt);
    trial.begin(...crashed.map((worker) => worker.pid));
    trial.cure('all');
    const tried = parked && (await trial.until(decided('try'), TRIED_WITHIN_MS));
    const { lost } = await trial.over();
    const serving = trial.watch.samplesSince(trial.beganAt).map((sample) => sample.serving);

    trial.expect('starts before it is left alone', crashed.length, atMost(BUDGET));
    trial.expect('parked', parked !== undefined, exactly(true));
    trial.expect('trial start, s after it was parked', secondsBetween(parked, tried), atLeast(25));
    trial.expect('others serving at any time', Math.min(...serving), atLeast(trial.cluster.workers - 1));
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};

function secondsBetween(one, other) {
  return Math.round((Date.parse(other?.at) - Date.parse(one?.at)) / 1_000);
}
