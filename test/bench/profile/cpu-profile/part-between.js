import { samplesOf } from './samples.js';

/** The profile without its samples before and after: those of the profiler that starts, and of waiting for the load. */
export function partBetween(profile, from, to) {
  const kept = samplesOf(profile).filter(({ at }) => at >= from && at <= to);
  return {
    ...profile,
    startTime: from,
    endTime: to,
    samples: kept.map(({ nodeId }) => nodeId),
    timeDeltas: kept.map(({ at }, index) => at - (index === 0 ? from : kept[index - 1].at)),
  };
}
