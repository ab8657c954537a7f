/** What one trial comes to, as specs need it. */
export function result(differing = {}) {
  return {
    number: 1,
    name: 'loop',
    fault: '`for (;;)`',
    mustHold: 'killed in time',
    target: 'evernest',
    held: true,
    checks: [],
    requests: 1000,
    lostOwn: 2,
    lostBystanders: 0,
    detectMs: 2400,
    capacityMs: 4000,
    restarts: 1,
    causes: ['hang'],
    durationMs: 12_000,
    ...differing,
  };
}
