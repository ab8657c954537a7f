import { atMost, exactly, within } from '../expectations/bounds.js';
import { openSlowClients } from '../load/slow-clients.js';

const HEAD = 'host: chaos\r\nauthorization: Bearer write-token-of-the-chaos-suite\r\n';
/** How many of each, what they do, and when they are to be cut off at the latest: some seconds after their time. */
const CLIENTS = {
  'idle sockets': { count: 2_000, behaviour: () => ({}), withinMs: 38_000 },
  'slow heads': {
    count: 100,
    behaviour: () => ({ first: `GET /books/1 HTTP/1.1\r\n${HEAD}`, drip: 'x-more: of it\r\n' }),
    withinMs: 23_000,
  },
  'slow bodies': {
    count: 100,
    behaviour: () => ({
      first: `POST /books HTTP/1.1\r\n${HEAD}content-type: application/json\r\ncontent-length: 1000\r\n\r\n`,
      drip: ' ',
    }),
    withinMs: 38_000,
  },
  // More answers than the kernel's buffers hold; few, because they have to be made.
  'who does not read': {
    count: 3,
    behaviour: ({ isEvernest }) => ({
      first: isEvernest ? get('/books/export?format=ndjson').repeat(4) : get('/books?limit=10000').repeat(20),
      reads: false,
    }),
    withinMs: 70_000,
  },
};
const LONGEST_MS = 75_000;

export default {
  number: 29,
  name: 'slow-clients',
  fault: 'slow heads, slow bodies, clients that do not read, 2,000 idle sockets',
  mustHold: 'others unaffected, cut off in time: heads ≤ 23 s, bodies and idle ≤ 38 s, unread ≤ 70 s',
  note: 'Node notices that a client takes nothing after up to twice its time for it, which is 30 s.',
  async run(trial) {
    trial.begin();
    const all = [];
    for (const [kind, { count, behaviour, withinMs }] of Object.entries(CLIENTS)) {
      const clients = await openSlowClients(trial.cluster.port, count, behaviour(trial));
      trial.after(() => clients.close());
      all.push({ kind, count, clients, withinMs });
    }
    await trial.until(() => all.every(({ clients }) => clients.open === 0), LONGEST_MS);
    const { lost, p99Ms, restarts } = await trial.over();

    for (const { kind, count, clients, withinMs } of all) {
      trial.expect(`${kind}, let in`, clients.connected, exactly(count));
      trial.expect(`${kind}, still there`, clients.open, exactly(0));
      trial.expect(`${kind}, last cut off after`, clients.lastCutOffMs, within(withinMs));
    }
    trial.expect('others lost', lost.own.length + lost.bystanders.length, exactly(0));
    trial.expect("others' 99th percentile, ms", p99Ms, atMost(500));
    trial.expect('restarts', restarts, exactly(0));
  },
};

function get(path) {
  return `GET ${path} HTTP/1.1\r\n${HEAD}\r\n`;
}
