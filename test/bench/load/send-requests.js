import autocannon from 'autocannon';
import { quantile } from '../figures/quantile.js';
import { connectionsOf } from '../workloads/connections.js';
import { workloadNamed } from '../workloads/index.js';
import { randomFrom } from '../workloads/random.js';
import { recall } from './prepared.js';

/** How often autocannon looks whether all is answered; its own figures, which go by this, are not used. */
const LOOK_EVERY_MS = 10;
/** Far above what any answer takes. */
const TIMEOUT_SECONDS = 60;
const CONNECTION_SEEDS = 1000;

/**
 * A count of requests instead of a time: each is answered before the end, so that the server's work is exactly theirs, and
 * what was lent is returned. Times are taken here: autocannon's histogram knows whole milliseconds only.
 */
export async function sendRequests({ origin, workload: name, catalogue, writeToken, round, perConnection }) {
  const workload = workloadNamed(name);
  const connections = connectionsOf(workload);
  const { expects = [200] } = workload;
  const lists = Array.from({ length: connections }, (_, connection) =>
    workload.requests({
      catalogue,
      writeToken,
      random: randomFrom(round * CONNECTION_SEEDS + connection),
      connection,
      connections,
      prepared: recall(origin, name),
    }),
  );
  const amount = connections * perConnection;
  const times = [];
  const failures = {};
  let bytes = 0;
  let endedAt = NaN;
  let nextConnection = 0;
  const cpuBefore = process.cpuUsage();

  const startedAt = performance.now();
  const result = await new Promise((resolve, reject) => {
    const tracker = autocannon(
      {
        url: origin,
        connections,
        amount,
        timeout: TIMEOUT_SECONDS,
        sampleInt: LOOK_EVERY_MS,
        setupClient: (client) => client.setRequests(lists[nextConnection++]),
      },
      (error, summary) => (error ? reject(error) : resolve(summary)),
    );
    tracker.on('response', (client, status, size, milliseconds) => {
      times.push(milliseconds);
      bytes += size;
      if (!expects.includes(status)) failures[status] = (failures[status] ?? 0) + 1;
      if (times.length === amount) endedAt = performance.now();
    });
  });
  const seconds = ((Number.isNaN(endedAt) ? performance.now() : endedAt) - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  // Autocannon counts a timeout among the errors.
  const broken = result.errors - result.timeouts;
  if (broken > 0) failures['broken connection'] = broken;
  if (result.timeouts > 0) failures.timeout = result.timeouts;
  return {
    requests: times.length,
    failed: Object.values(failures).reduce((sum, count) => sum + count, 0),
    failures,
    seconds,
    bytes,
    connections,
    p50Ms: quantile(0.5, times),
    p99Ms: quantile(0.99, times),
    meanMs: times.reduce((sum, time) => sum + time, 0) / times.length,
    generatorShare: (user + system) / 1e6 / seconds,
  };
}
