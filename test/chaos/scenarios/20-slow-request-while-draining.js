import { exactly, like, within } from '../expectations/bounds.js';
import { PM2 } from '../targets/pm2.js';

const DRAIN_TIMEOUT_MS = 10_000;

export default {
  number: 20,
  name: 'slow-request-while-draining',
  fault: 'a worker restarted by pm2 while it has a request that takes 8 s, and one that takes 15 s',
  mustHold: 'the first is answered, the second gets a clean 503 at the deadline, 0 others lost',
  without: { part: 'the time to drain', variables: { GUARD_DRAIN_TIMEOUT_MS: '1000' } },
  async run(trial) {
    const finishes = await restartWhile(trial, 'wait 8000');
    trial.expect('answer of the 8 s request', finishes.fate, exactly('200'));

    const isCut = await restartWhile(trial, 'wait 15000');
    trial.expect('answer of the 15 s request', isCut.fate, exactly('503'));
    trial.expect('its type', isCut.headers?.['content-type'], like(/^application\/problem\+json/));
    trial.expect('when to try again', isCut.headers?.['retry-after'], like(/^\d+$/));
    trial.expect('it came after', isCut.afterMs, within(DRAIN_TIMEOUT_MS + 1_000));

    const { lost } = await trial.over({ patienceMs: 30_000 });
    trial.expect('others lost', lost.own.length + lost.bystanders.length, exactly(0));
  },
};

/** Has pm2 stop and start the worker that a request came to. @returns its answer, and how long after that it came */
async function restartWhile(trial, order) {
  const { pid, answer } = await trial.poison(order);
  const beganAt = Date.now();
  const [whole] = await Promise.all([
    answer.then((answered) => ({ ...answered, afterMs: Date.now() - beganAt })),
    trial.command(PM2, 'restart', String(trial.watch.worker(pid)?.pmId)),
  ]);
  await trial.fullCapacity(30_000);
  return whole;
}
