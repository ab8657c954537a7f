/**
 * For each function its own time and its total time with what it calls, in µs, the longest own time first. A function
 * that is on the stack twice is counted once.
 */
export function timeByFunction(tree) {
  const times = new Map();
  function add({ fn, ownUs, totalUs, children }, onStack) {
    const time = times.get(fn) ?? { ...fn, ownUs: 0, totalUs: 0 };
    times.set(fn, time);
    time.ownUs += ownUs;
    const isFirst = !onStack.has(fn);
    if (isFirst) time.totalUs += totalUs;
    onStack.add(fn);
    for (const child of children) add(child, onStack);
    if (isFirst) onStack.delete(fn);
  }
  add(tree, new Set());
  return [...times.values()].toSorted((one, other) => other.ownUs - one.ownUs);
}

/** The own time of all functions of each package, the longest first. */
export function timeByPackage(functions) {
  const times = new Map();
  for (const { package: name, ownUs } of functions) times.set(name, (times.get(name) ?? 0) + ownUs);
  return [...times]
    .map(([name, ownUs]) => ({ package: name, ownUs }))
    .toSorted((one, other) => other.ownUs - one.ownUs);
}
