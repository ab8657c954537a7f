/** What both reports say in words. */
export const GOALS_TITLE = 'Goals: ratios of requests for a second of processor time, or of what is named';
export const STARTUP_TITLE = 'startup: from the start of the process to its first answer to GET /books/1';

export function workloadTitle({ name, title, connections }) {
  return `${name}: ${title} (${connections} ${connections === 1 ? 'connection' : 'connections'})`;
}

/** What the figures of one workload need to be said of them. */
export function remarks({ paceOfGenerator, rows }) {
  const failures = rows
    .filter(({ failed }) => failed > 0)
    .map(({ target, failed, requests, failures: kinds }) => {
      const each = Object.entries(kinds).map(([kind, count]) => `${count} × ${kind}`);
      return `${target}: ${failed} of ${requests} requests failed (${each.join(', ')}).`;
    });
  if (paceOfGenerator.length === 0) return failures;
  return [
    `The load generator used its whole core with ${paceOfGenerator.join(', ')}: their requests/s and times are its own limit, their CPU µs/req are not.`,
    ...failures,
  ];
}

/** What the columns mean. */
export function legend({ baseline, rounds }) {
  return [
    'CPU µs/req: user and system time of the server for a request, what a noisy machine blurs least; PSS: its memory.',
    `CPU × and requests/s ×: against ${baseline} in the same round, median of ${rounds} rounds (and quartiles); less CPU and more requests are better.`,
    'ms/req: mean time of a request; ms/req, all: the time of the turn for each request of all connections, as ab has them.',
  ];
}

export function machineText({ cpu, cores, node }) {
  return `${cpu}, ${cores} cores, Node ${node}.`;
}
