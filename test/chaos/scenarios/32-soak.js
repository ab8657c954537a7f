import { atLeast, atMost, exactly } from '../expectations/bounds.js';
import { unexplainedEnds, wrongCause } from '../soak/cause-on-record.js';
import { SOAK_FAULTS } from '../soak/faults.js';
import { filesBelow, Growth, leftSockets } from '../soak/growth.js';
import { Lottery } from '../lottery.js';
import { isAlive } from '../watch/workers.js';

/** The longest that any of them may take to be over: a leak has to be seen first. */
const RECOVERS_WITHIN_MS = 90_000;
/** Below the budget of restarts: five ends of one worker in 30 s would be a crash loop. */
const PAUSE_MS = { least: 8_000, most: 20_000 };
const GROWTH = 1.1;
/** Fifty last words, as many notes of workers, ten reports, logs, sockets and the database, however long it runs. */
const FILES = 150;

export default {
  number: 32,
  name: 'soak',
  fault: 'random faults from a seed (`--seed`), for 30 minutes (`--soak`)',
  mustHold:
    'availability ≥ 99.95 % of bystander requests; every end has exactly one cause on record, the injected one; nothing grows',
  only: 'evernest',
  variables: { GUARD_MEMORY_LIMIT_MB: '250' },
  without: { part: 'the supervisor' },
  async run(trial) {
    const { watch, cluster, soakMs } = trial;
    const lottery = new Lottery(trial.seed);
    const [supervisor] = await cluster.pm2.processes('supervisor');
    const growth = new Growth({
      daemon: cluster.pm2.daemonPid,
      ...(!trial.isWithoutPart && { supervisor: supervisor.pid }),
    });
    if (trial.isWithoutPart) await cluster.pm2.run('stop', 'supervisor');
    const recoveriesMs = [];
    const wrong = [];
    const endsAt = Date.now() + soakMs;
    while (Date.now() < endsAt) {
      const fault = lottery.oneOf(SOAK_FAULTS);
      const at = Date.now();
      const pid = await fault.inject(trial, lottery);
      await trial.fullCapacity(RECOVERS_WITHIN_MS);
      recoveriesMs.push(Date.now() - at);
      wrong.push(await wrongCause(trial, { ...fault, pid }));
      await trial.pause(lottery.between(PAUSE_MS.least, PAUSE_MS.most));
      growth.sample();
    }
    const { requests, lost } = await trial.over();

    const bystanders = requests - lost.own.length;
    trial.expect('faults, each with a look at what grows', growth.samples, atLeast(3));
    trial.expect(
      'availability to bystanders, %',
      percent(1 - lost.bystanders.length / bystanders),
      atLeast(99.95),
    );
    trial.expect(
      'faults without exactly their cause on record',
      listed(wrong.filter(Boolean)),
      exactly('none'),
    );
    trial.expect('ends that nobody injected', listed(unexplainedEnds(trial, trial.faulty)), exactly('none'));
    for (const { what, before, after } of growth.changes) {
      trial.expect(what, after, atMost(Math.round(before * GROWTH)));
    }
    trial.expect('files of its state', filesBelow(cluster.stateDir), atMost(FILES));
    trial.expect('sockets of workers that are gone', leftSockets(cluster.stateDir, isAlive), exactly(0));
    trial.expect('workers at the end', watch.serving.length, exactly(cluster.workers));
    return { capacityMs: Math.max(...recoveriesMs) };
  },
};

function listed(items) {
  return items.join('; ') || 'none';
}

function percent(part) {
  return Math.floor(part * 100_000) / 1_000;
}
