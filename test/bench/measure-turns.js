import { cpuMicroseconds, pssBytes } from './figures/process-usage.js';
import { connectionsOf } from './workloads/connections.js';
import { randomFrom, shuffled } from './workloads/random.js';

/** What the first turn goes by; a cold server is slow, so it takes a few until the turns have their length. */
const FIRST_RATE = 500;
const WARM_UPS = 3;
const ORDER_SEED = 6;

/**
 * Lets each target do each workload once a round, in another order each time. The targets of a workload come right after
 * each other, so that what else the machine does hits all of them.
 * @param {object} options
 * @param {{ target: object, workload: object }[]} options.pairs what is measured
 * @param {number} options.seconds about how long a turn is; 0 makes it as short as can be, without a warm-up
 * @param {object} options.input what the generator needs besides
 * @param {(round: number) => void} options.onRound told the number of each round; 0 is the warm-up
 */
export async function measureTurns({ pairs, rounds, seconds, generator, input, onRound }) {
  const rates = new Map(pairs.map((pair) => [pair, FIRST_RATE]));
  async function takeTurn(pair, round) {
    if (seconds > 0) await leadIn(pair, { round, generator, input });
    const turn = await measureTurn(pair, { round, generator, input, requests: rates.get(pair) * seconds });
    // The best it has done: a turn that the machine slowed down must not make the next one short.
    rates.set(pair, Math.max(rates.get(pair), turn.perSecond));
    return turn;
  }

  onRound(0);
  const warmUps = seconds > 0 ? WARM_UPS : 0;
  for (const pair of pairs) {
    for (let warmUp = 1; warmUp <= warmUps; warmUp += 1) await takeTurn(pair, 0);
  }
  const random = randomFrom(ORDER_SEED);
  const turns = [];
  for (let round = 1; round <= rounds; round += 1) {
    onRound(round);
    for (const workload of shuffled([...new Set(pairs.map((pair) => pair.workload))], random)) {
      const same = pairs.filter((pair) => pair.workload === workload);
      for (const pair of shuffled(same, random)) turns.push(await takeTurn(pair, round));
    }
  }
  return turns;
}

/** What a target has to have answered before its turn counts; a write of another workload has emptied its caches. */
async function leadIn({ target, workload }, { round, generator, input }) {
  const { name, leadIn: perConnection = 0 } = workload;
  if (perConnection === 0) return;
  await generator.send({ ...input, origin: target.origin, workload: name, round, perConnection });
}

/** Lets a target do about so many requests of a workload, all of which are answered, and tells how it went. */
export async function measureTurn({ target, workload }, { round, generator, input, requests }) {
  const { multipleOf = 1 } = workload;
  const perConnection = Math.max(1, Math.round(requests / connectionsOf(workload) / multipleOf)) * multipleOf;
  const before = cpuMicroseconds(target.pids());
  const sent = await generator.send({
    ...input,
    origin: target.origin,
    workload: workload.name,
    round,
    perConnection,
  });
  const pids = target.pids();
  const cpu = cpuMicroseconds(pids) - before;
  return {
    workload: workload.name,
    target: target.name,
    round,
    ...sent,
    perSecond: sent.requests / sent.seconds,
    bytesPerSecond: sent.bytes / sent.seconds,
    meanAcrossMs: (sent.seconds * 1000) / sent.requests,
    cpuMicroseconds: cpu / sent.requests,
    perCpuSecond: (sent.requests * 1e6) / cpu,
    pssBytes: pssBytes(pids),
  };
}
