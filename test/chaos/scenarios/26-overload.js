import { atLeast, exactly, within } from '../expectations/bounds.js';
import { startLoad } from '../load/start-load.js';

/** Some 100 ms of work: so few have to be sent that this takes hardly anything from those who serve on the same machine. */
const HEADERS = { 'x-chaos': 'work 320000', 'cache-control': 'no-cache' };
/** Who waits longer has no use for the answer. */
const PATIENCE_MS = 2_500;
const STEP_MS = 4_000;
const FIRST_PER_SECOND = 5;
const STEP = 1.25;
/** Where less of what is asked is served in time, with the start and the last answers, the peak is behind. */
const KEPT_UP = 0.75;
/** Neighbours on the machine come and go: each overload is held against the peak right before it. */
const ROUNDS = 3;
const HALF_ROUND_MS = 8_000;
const AFTERWARDS_MS = 8_000;

export default {
  number: 26,
  name: 'overload',
  fault: 'five times as many requests as the cluster can serve, for 8 s, three times',
  mustHold: 'goodput ≥ 90 % of the peak, 0 restarts, nobody turned away any more ≤ 5 s later',
  load: { perSecond: 1 },
  async run(trial) {
    const peak = await findPeak(trial);
    trial.begin();
    const rounds = [];
    let overAt;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await ask(trial, STEP * peak, HALF_ROUND_MS);
      const overload = await ask(trial, 5 * peak, HALF_ROUND_MS);
      overAt = overload.endedAt;
      rounds.push({ peak: before.goodput, kept: percentOf(overload.goodput, before.goodput) });
    }
    const { lost } = await ask(trial, peak / 2, AFTERWARDS_MS);
    const { restarts } = await trial.over();

    trial.expect('goodput, % of the peak', median(rounds.map(({ kept }) => kept)), atLeast(90));
    trial.expect('of the worst round', Math.min(...rounds.map(({ kept }) => kept)), atLeast(75));
    trial.expect(
      'the last peak, % of what was found first',
      percentOf(rounds.at(-1).peak, peak),
      atLeast(70),
    );
    trial.expect('restarts', restarts, exactly(0));
    const last = lost.at(-1);
    trial.expect('back to normal after', last ? last.at - overAt : 0, within(5_000));
  },
};

function percentOf(part, whole) {
  return Math.round((100 * part) / whole);
}

/** Of an odd number of figures. */
function median(figures) {
  return figures.toSorted((one, other) => one - other)[(figures.length - 1) / 2];
}

/** @returns the most that was served in time, in requests a second */
async function findPeak(trial) {
  let peak = 0;
  for (let perSecond = FIRST_PER_SECOND; ; perSecond *= STEP) {
    const { goodput } = await ask(trial, perSecond, STEP_MS);
    peak = Math.max(peak, goodput);
    if (goodput < KEPT_UP * perSecond) return peak;
  }
}

/** Requests of independent clients, whatever becomes of those before. */
async function ask(trial, perSecond, ms) {
  const { port } = trial.cluster;
  const askedAt = Date.now();
  const load = startLoad({
    port,
    paths: ['/books/1'],
    headers: HEADERS,
    perSecond,
    freshPart: 0,
    patienceMs: PATIENCE_MS,
  });
  trial.after(() => load.kill());
  await trial.pause(ms);
  const count = await load.stop();
  // Until the last answer: of what waits when the last is sent, more is served.
  return { ...count, endedAt: askedAt + ms, goodput: (1_000 * count.answered) / (Date.now() - askedAt) };
}
