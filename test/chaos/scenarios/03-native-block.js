import { exactly, like, within } from '../expectations/bounds.js';
import { withoutHangWatchdog } from '../expectations/hang.js';
import { withinAStart } from '../expectations/replacement.js';

const FAULTS = { 'a hash': 'native-block', 'a huge JSON.parse': 'native-block json-parse' };

export default {
  number: 3,
  name: 'native-block',
  fault: '`pbkdf2Sync` of a minute, and a huge `JSON.parse`, in a request',
  mustHold: 'killed ≤ 3.5 s, recorded as native, request named, full capacity ≤ 3 s later, 0 bystanders lost',
  note: 'Wanted was timeout + 0.5 s. Native code cannot be interrupted and may be a collection of garbage, which is no hang; the watchdog writes down what it sees after little more than a second, and the supervisor ends whoever is silent for 3 s.',
  without: withoutHangWatchdog,
  async run(trial) {
    for (const [what, order] of Object.entries(FAULTS)) await block(trial, what, order);
    const { lost } = await trial.over();
    trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
  },
};

async function block(trial, what, order) {
  const begunAt = Date.now();
  const { pid } = await trial.poison(order);
  await trial.endOf(pid);
  const killedAt = trial.watch.worker(pid)?.endedAt;
  await trial.fullCapacity();
  const fullAt = Date.now();
  const words = trial.records.lastWordsOf(pid);

  trial.expect(`${what}: killed after`, killedAt - begunAt, within(3_500));
  trial.expect(`${what}: full capacity later`, fullAt - killedAt, withinAStart(trial, 3_000));
  trial.expect(`${what}: cause on record`, words?.cause, exactly('hang'));
  trial.expect(`${what}: message on record`, words?.message, like(/in native code/));
  trial.expect(`${what}: request on record`, words?.request?.route, exactly('/books/:id'));
}
