import { exactly, within } from '../expectations/bounds.js';

/** Long enough to tell who waits until a worker is killed from who waits for ever. */
const PATIENCE_MS = 8_000;

export default {
  number: 25,
  name: 'handed-to-the-hung',
  fault: 'a connection handed to a worker that just hung',
  mustHold: 'nobody waits longer than 5 s',
  isQuick: true,
  // None is kept: every request may be the one.
  load: { freshPart: 1, patienceMs: PATIENCE_MS },
  without: {
    part: 'workers that accept for themselves',
    variables: { NODE_CLUSTER_SCHED_POLICY: 'rr' },
  },
  async run(trial) {
    const { pid } = await trial.poison('busy-loop');
    await trial.endOf(pid);
    const { longestWaitMs, lost } = await trial.over();

    trial.expect('longest wait', longestWaitMs, within(5_000));
    trial.expect('given up by their clients', tooLate([...lost.own, ...lost.bystanders]), exactly(0));
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};

function tooLate(lost) {
  return lost.filter(({ fate }) => fate === 'too late').length;
}
