import { describeFunction } from './described-function.js';
import { samplesOf } from './samples.js';

/**
 * Who called whom for how long, in µs. Each node has the described `fn`, `ownUs`, `totalUs` with that of what it
 * calls, and `children`, the longest first.
 * @param projectUrl the `file:` URL of the project's folder
 */
export function callTree(profile, projectUrl) {
  const own = ownTimes(profile);
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const functions = new Map();

  /** The same object for the same function, wherever it is called. */
  function known(described) {
    const key = `${described.name} ${described.place}`;
    if (!functions.has(key)) functions.set(key, described);
    return functions.get(key);
  }
  function branch({ id, callFrame, children = [] }, caller) {
    const fn = known(describeFunction(callFrame, caller, projectUrl));
    const below = children.map((child) => branch(byId.get(child), fn)).filter(({ totalUs }) => totalUs > 0);
    const ownUs = own.get(id) ?? 0;
    const totalUs = below.reduce((sum, child) => sum + child.totalUs, ownUs);
    return { fn, ownUs, totalUs, children: below.toSorted((one, other) => other.totalUs - one.totalUs) };
  }
  return branch(profile.nodes[0], undefined);
}

/** A sample stands for the time until the next one, the last for that until the end. */
function ownTimes(profile) {
  const samples = samplesOf(profile);
  const times = new Map();
  samples.forEach(({ nodeId, at }, index) => {
    const until = samples[index + 1]?.at ?? profile.endTime;
    times.set(nodeId, (times.get(nodeId) ?? 0) + until - at);
  });
  return times;
}
