import { Agent, get } from 'node:http';
import { summary } from './summary.js';

/** Whoever asked has left by then. */
const PATIENCE_MS = 3000;

const agent = new Agent({ keepAlive: true, maxFreeSockets: 4096 });

/**
 * Asks at moments that do not depend on the answers (an open loop). An order from the parent is a URL and phases of
 * `{rate, seconds}`, one right after the other; a summary of each goes back when the last request is over.
 */
process.on('message', (order) => void generate(order));
process.on('disconnect', () => process.exit());

async function generate({ url, phases }) {
  const moments = phases.map(({ rate, seconds }) => arrivals(rate, seconds));
  const startsMs = phases.map((_, index) =>
    phases.slice(0, index).reduce((sum, { seconds }) => sum + seconds * 1000, 0),
  );
  const startedAt = performance.now();
  const outcomes = await Promise.all(
    moments.map((ofPhase, index) => askAll(url, startedAt + startsMs[index], ofPhase)),
  );
  process.send(outcomes.map((ofPhase, index) => summary(ofPhase, phases[index].seconds)));
}

/** Independent clients: the times between two requests are exponentially distributed. */
function arrivals(rate, seconds) {
  const moments = [];
  for (let atMs = 0; ;) {
    atMs -= (Math.log(1 - Math.random()) * 1000) / rate;
    if (atMs >= seconds * 1000) return moments;
    moments.push(atMs);
  }
}

/** Resolves to `{atMs, status, latencyMs}` of each request; the status is 0 if there was no answer. */
async function askAll(url, startedAt, moments) {
  const outcomes = [];
  await new Promise((allSent) => {
    const timer = setInterval(() => {
      const nowMs = performance.now() - startedAt;
      while (outcomes.length < moments.length && moments[outcomes.length] <= nowMs) {
        outcomes.push(ask(url, startedAt, moments[outcomes.length]));
      }
      if (outcomes.length < moments.length) return;
      clearInterval(timer);
      allSent();
    }, 1);
  });
  return Promise.all(outcomes);
}

/** The latency counts from the moment when the request should have been sent. */
function ask(url, startedAt, atMs) {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => end(response.statusCode));
      response.once('error', () => end(0));
    });
    request.once('error', () => end(0));
    const patience = setTimeout(() => request.destroy(), PATIENCE_MS);

    function end(status) {
      clearTimeout(patience);
      resolve({ atMs, status, latencyMs: performance.now() - startedAt - atMs });
    }
  });
}
