import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { atMost, exactly, within } from '../expectations/bounds.js';
import { askSupervisor } from '../targets/evernest.js';
import { supervisorKnowsAll } from '../watch/supervisor.js';

const HOUR_MS = 3_600_000;
/** Every timer of the service that is short, some times over. */
const LET_PASS_MS = 6_000;
/** An age is told in whole seconds, as of the last answer. */
const AGE_OFF_BY_MOST_S = 4;

export default {
  number: 31,
  name: 'clock-set',
  fault: 'the clock set forward 1 h, and back',
  mustHold: 'no restart, no wrong age, no stuck timer',
  note: 'Seen failing before the supervisor was mended: it told an age that was wrong by 3,599 s.',
  only: 'evernest',
  without: { part: 'the monotonic clock' },
  prepare: ({ folder }) => {
    const clock = join(folder, 'clock');
    return { clock, variables: { CHAOS_CLOCK: clock } };
  },
  async run(trial) {
    const before = trial.pids;
    trial.begin();
    for (const [how, wrongByMs] of [
      ['forward', HOUR_MS],
      ['back', 0],
    ]) {
      const monotonicWrongByMs = trial.isWithoutPart ? wrongByMs : 0;
      writeFileSync(trial.prepared.clock, `${wrongByMs} ${monotonicWrongByMs}`);
      await trial.pause(LET_PASS_MS);
      trial.expect(`set ${how}: an age wrong by, s`, await wrongestAge(trial), atMost(AGE_OFF_BY_MOST_S));
      const ended = before.filter((pid) => !trial.pids.includes(pid));
      trial.expect(`set ${how}: workers that ended`, ended.length, exactly(0));
      trial.expect(`set ${how}: decisions`, trial.records.decisions.length, exactly(0));
    }

    // What is late or stuck now was set by the clock.
    const killedAt = Date.now();
    const { pid } = await trial.poison('busy-loop');
    await trial.endOf(pid);
    const { endedAt } = trial.watch.worker(pid);
    trial.expect('a hang afterwards ends within', endedAt - killedAt, within(3_500));
    await trial.fullCapacity();
    const knownAfterMs = await supervisorKnowsAll(trial, Date.now());
    trial.expect('the supervisor knows its replacement, which serves, after', knownAfterMs, within(5_000));
    trial.expect('age in its last words, wrong by, s', wrongAgeInLastWords(trial, pid), atMost(2));
    const { lost } = await trial.over();
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};

async function wrongestAge(trial) {
  const { workers } = await askSupervisor(trial.cluster.opsPort, '/workers');
  const wrong = workers.map(({ pid, uptimeSeconds, guard }) =>
    [uptimeSeconds, guard.uptimeSeconds].map((told) => Math.abs(told - ageOf(trial, pid, Date.now()))),
  );
  return Math.round(Math.max(...wrong.flat()));
}

function wrongAgeInLastWords(trial, pid) {
  const words = trial.records.lastWordsOf(pid);
  const { endedAt } = trial.watch.worker(pid);
  return words && Math.round(Math.abs(words.uptimeSeconds - ageOf(trial, pid, endedAt)));
}

function ageOf(trial, pid, time) {
  return (time - trial.watch.worker(pid).startedAt) / 1000;
}
