import { once } from 'node:events';
import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A ramp begins at this share of what one request after the other would give, and goes up by so much. */
const FIRST_SHARE = 0.6;
const STEP = 1.12;
const MOST_STEPS = 12;
const SECONDS = 2.5;
/** Two steps in a row of which less is served in time: the peak is behind. One alone may be the machine's doing. */
const KEPT_UP = 0.9;
const STEPS_BEHIND = 2;
/** Of a rate that holds, hardly any answer is late. Neighbours on the machine can only make it worse, hence the tries. */
const HELD = 0.97;
const TRIES = 3;
const SEQUENTIAL_MS = 1500;

/** The highest arrival rate that is served in time for as many seconds, found without load shedding. */
export async function findPeak(generator, url, seconds) {
  // A short step also takes a rate whose backlog only grows slowly.
  let rate = await topOfRamp(generator, url);
  for (let step = 0; step < MOST_STEPS && !(await holds(generator, url, { rate, seconds })); step += 1) {
    rate /= STEP;
  }
  return rate;
}

async function holds(generator, url, load) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [{ goodput, sent }] = await generator.run(url, load);
    await quiet(url);
    if (goodput >= (sent / load.seconds) * HELD) return true;
  }
  return false;
}

async function topOfRamp(generator, url) {
  let rate = (await sequentialRate(url)) * FIRST_SHARE;
  let peak = { rate, goodput: 0 };
  let behind = 0;
  for (let step = 0; step < MOST_STEPS && behind < STEPS_BEHIND; step += 1, rate *= STEP) {
    const [{ goodput, sent }] = await generator.run(url, { rate, seconds: SECONDS });
    if (goodput > peak.goodput) peak = { rate, goodput };
    await quiet(url);
    behind = goodput < (sent / SECONDS) * KEPT_UP ? behind + 1 : 0;
  }
  return peak.rate;
}

/** Waits until the backlog of a load is worked off: each question has a connection of its own, accepted after all others. */
export async function quiet(url) {
  for (let calm = 0; calm < 3;) {
    const startedAt = performance.now();
    const [response] = await once(get(url, { agent: false }), 'response');
    await buffer(response);
    calm = performance.now() - startedAt < 100 ? calm + 1 : 0;
  }
}

async function sequentialRate(url) {
  const startedAt = performance.now();
  let answered = 0;
  while (performance.now() - startedAt < SEQUENTIAL_MS) {
    await (await fetch(url)).arrayBuffer();
    answered += 1;
  }
  return (answered * 1000) / (performance.now() - startedAt);
}
