import { exactly } from '../expectations/bounds.js';
import { poison } from '../load/poison.js';

const STALLS = 6;

export default {
  number: 5,
  name: 'stalls',
  fault: 'requests that hold the event loop for 150 ms, one a second',
  mustHold: 'each named in the log, 0 restarts',
  isQuick: true,
  without: { part: 'the lines about stalls', variables: { LOG_LEVEL: 'error' } },
  async run(trial) {
    trial.begin();
    const ids = [];
    for (let stall = 0; stall < STALLS; stall += 1) {
      const { headers } = await poison(trial.cluster.port, 'stall 150').answer;
      ids.push(headers?.['x-request-id']);
      // A worker tells of one stall a second.
      await trial.pause(1_100);
    }
    const named = () => ids.filter((id) => trial.records.log.some((line) => tellsOfStall(line, id)));
    await trial.until(() => named().length === STALLS, 3_000);
    const { restarts, lost } = await trial.over();

    trial.expect('stalls named in the log, with their request', named().length, exactly(STALLS));
    trial.expect('restarts', restarts, exactly(0));
    trial.expect('requests lost', lost.bystanders.length, exactly(0));
  },
};

function tellsOfStall(line, id) {
  return id !== undefined && line.includes(id) && line.includes('event loop stood still');
}
