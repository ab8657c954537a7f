import { exactly, like } from '../expectations/bounds.js';

/** By which code is rolled out, and what the command has to say of it. */
const BROKEN_CODE = [
  ['never becomes ready', 'never-listen', /canary was not ready within/],
  ['answers 500', 'answer-500', /canary answered \/ with 500/],
  ['leaks', 'object-leak 40', /canary (did not stay well|ended while)/],
];

export default {
  number: 17,
  name: 'bad-roll-out',
  fault: 'roll-outs of code that never becomes ready, that answers 500, that leaks',
  mustHold: 'refused at the canary, 0 lost, exit ≠ 0',
  async run(trial) {
    trial.begin();
    const before = trial.pids;
    for (const [does, fault, reason] of BROKEN_CODE) {
      trial.order('all', fault);
      const { exitCode, output } = await trial.rollOut();
      trial.cure('all');
      trial.expect(`code that ${does} is refused: exit code`, exitCode, exactly(1));
      if (trial.isEvernest) trial.expect('and why', output, like(reason));
      // As a person would bring the last good code back.
      if (exitCode === 0) await trial.rollOut();
    }
    const { lost } = await trial.over();
    trial.expect('requests lost', lost.own.length + lost.bystanders.length, exactly(0));
    trial.expect('workers that ended', before.filter((pid) => !trial.pids.includes(pid)).length, exactly(0));
  },
};
