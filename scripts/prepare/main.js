import { failure, Failure } from '../failure.js';
import { projectRoot } from '../project-root.js';
import { withLock } from '../lock.js';
import { build, buildIsCurrent } from './build.js';
import { dependenciesAreCurrent, install } from './dependencies.js';
import { nativeAddonLoads, rebuildNativeAddon } from './native-addon.js';
import { join } from 'node:path';

const GOALS = ['install', 'build'];

/** `prepare.js [install|build]`: makes what is missing or older than its sources, and says nothing if nothing is. */
export async function main(goal = 'build') {
  try {
    if (!GOALS.includes(goal)) throw failure(`prepare.js takes ${GOALS.join(' or ')}, not "${goal}".`);
    await prepare(projectRoot, goal);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function prepare(root, goal) {
  const steps = [
    { isDone: dependenciesAreCurrent, run: install },
    { isDone: nativeAddonLoads, run: rebuildNativeAddon },
    ...(goal === 'build' ? [{ isDone: buildIsCurrent, run: build }] : []),
  ];
  if (steps.every(({ isDone }) => isDone(root))) return;

  // Asked again inside: whoever held the lock before may have done it all.
  await withLock(join(root, 'var', 'prepare.lock'), 'installing or building here', async () => {
    for (const { isDone, run } of steps) if (!isDone(root)) await run(root);
  });
}
