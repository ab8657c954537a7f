/** The samples of a profile in the order of their times, which V8 does not promise; times are µs of its clock. */
export function samplesOf({ startTime, samples, timeDeltas }) {
  let at = startTime;
  return samples
    .map((nodeId, index) => ({ nodeId, at: (at += timeDeltas[index]) }))
    .toSorted((one, other) => one.at - other.at);
}
