import { createHistogram, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { KeepAlive, freshConnection } from './connections.js';
import { Lottery } from '../lottery.js';
import { monotonicMs } from '../monotonic-ms.js';
import { ask } from './ask.js';

/**
 * An open loop in a process of its own: requests leave when they are due, whether or not those before have been answered, as those
 * of many clients do; so a service that stands still cannot slow down who counts. Beside it there may be clients that wait for each
 * answer, each on a connection of its own. It sends its count over IPC when told to stop.
 */
const settings = JSON.parse(process.argv[2]);
const { port, perSecond, freshPart, paths, headers, patienceMs, keepAlive, clients, longestPauseMs, seed } =
  settings;
const TICK_MS = 5;

const pool = new KeepAlive(keepAlive);
const outstanding = new Set();
const lost = [];
const waits = createHistogram();
let sent = 0;
let sentInTime = 0;
let answered = 0;
let longestWaitMs = 0;
const stopping = new AbortController();

const startedAt = performance.now();
const ticking = setInterval(sendWhatIsDue, TICK_MS);
const asking = Array.from({ length: clients }, (_, client) => keepAsking(new Lottery(seed + client)));
process.once('message', () => void stop());
// The harness is gone.
process.on('disconnect', () => process.exit());

async function stop() {
  stopping.abort();
  clearInterval(ticking);
  await Promise.all([...outstanding, ...asking]);
  pool.close();
  // A long one takes its time; the harness ends the channel once it has come.
  process.send(summary());
}

function sendWhatIsDue() {
  const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
  while (sentInTime < due) {
    // Spread evenly, whatever the part is: 0.4 is two of five.
    const isFresh = Math.floor((sentInTime + 1) * freshPart) > Math.floor(sentInTime * freshPart);
    const request = send(isFresh ? freshConnection : pool.connection(), isFresh).finally(() =>
      outstanding.delete(request),
    );
    outstanding.add(request);
    sentInTime += 1;
  }
}

async function keepAsking(pauses) {
  const own = new KeepAlive(1);
  while (!stopping.signal.aborted) {
    await send(own.connection(), false);
    if (longestPauseMs > 0) await delay(pauses.between(0, longestPauseMs));
  }
  own.close();
}

async function send(by, isFresh) {
  const path = paths[sent % paths.length];
  sent += 1;
  const at = Date.now();
  const began = performance.now();
  const { fate, connection } = await ask({ port, path, headers, patienceMs, ...by });
  const waitedMs = performance.now() - began;
  waits.record(Math.max(1, Math.round(waitedMs * 1000)));
  longestWaitMs = Math.max(longestWaitMs, waitedMs);
  if (fate === 'answered') answered += 1;
  else {
    const endedAt = monotonicMs();
    lost.push({ at, path, isFresh, connection, fate, endedAt, waitedMs: Math.round(waitedMs) });
  }
}

function summary() {
  return {
    requests: sent,
    answered,
    lost,
    longestWaitMs: Math.round(longestWaitMs),
    p99Ms: waits.percentile(99) / 1000,
  };
}
