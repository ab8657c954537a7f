import { busyPart } from './busy-part.js';
import { callTree } from './call-tree.js';
import { timeByFunction, timeByPackage } from './time-by-function.js';

/**
 * What a saved profile tells. Shares are of the time in which the main thread was busy. Microseconds are those of a
 * request: the share of the main thread's processor time, which another program on the machine hardly touches.
 * @param projectUrl the `file:` URL of the project's folder
 */
export function figuresOf({ run, ...profile }, projectUrl) {
  const tree = callTree(profile, projectUrl);
  const { busy, idleUs } = busyPart(tree);
  const scaled = ({ ownUs, totalUs, ...rest }) => ({
    ...rest,
    ownShare: ownUs / busy.totalUs,
    ownMicroseconds: (ownUs / busy.totalUs) * run.mainThreadMicroseconds,
    ...(totalUs !== undefined && { totalShare: totalUs / busy.totalUs }),
  });
  const functions = timeByFunction(busy).filter(({ ownUs }) => ownUs > 0);
  return {
    run,
    samples: profile.samples.length,
    sampleUs: tree.totalUs / profile.samples.length,
    idleShare: idleUs / tree.totalUs,
    functions: functions.map(scaled),
    packages: timeByPackage(functions).map(scaled),
    busy,
  };
}
