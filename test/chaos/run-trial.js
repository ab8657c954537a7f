import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCluster } from './cluster.js';
import { startLoad } from './load/start-load.js';
import { Trial } from './trial.js';

const WORKERS = 3;
const WARM_UP_MS = 1_000;

/**
 * One scenario on one target, in a folder of its own, from the start of a cluster to its end, whatever happens between.
 * @param {object} options
 * @param {boolean} options.isWithoutPart whether the part that the scenario tries is switched off
 * @param {string} [options.keep] a folder for the state of what did not hold
 */
export async function runTrial(options) {
  const { scenario, target, isWithoutPart, catalogue, parent, keep, signal, ...wanted } = options;
  const folder = join(parent, `${scenario.number}-${target.name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'connections'), '');
  const startedAt = Date.now();
  const undo = [];
  /** What is left to be taken back when the trial is over, last first. */
  const after = (step) => undo.unshift(step);
  try {
    const prepared = await scenario.prepare?.({ folder, target, after, signal });
    const cluster = await startCluster({
      target,
      folder,
      databaseFile: catalogue.databaseFile,
      workers: scenario.workers ?? WORKERS,
      startAs: scenario.startAs,
      variables: {
        ...scenario.variables,
        ...prepared?.variables,
        ...(isWithoutPart ? scenario.without.variables : {}),
      },
      signal,
    });
    after(() => cluster.stop());
    const load = startLoad({
      port: cluster.port,
      paths: catalogue.paths,
      seed: wanted.seed,
      ...scenario.load,
    });
    after(() => load.kill());
    await delay(WARM_UP_MS, undefined, { signal });
    const trial = new Trial({ ...wanted, isWithoutPart, cluster, load, prepared, after, signal });
    const figures = await scenario.run(trial);
    const outcome = await trial.over();
    const result = {
      ...resultOf(trial, outcome),
      ...figures,
      durationMs: Date.now() - startedAt,
    };
    if (keep && !result.held) keepState(cluster, join(keep, `${scenario.number}-${target.name}`));
    await takeBack(undo);
    return result;
  } catch (error) {
    // What follows from it says less.
    await takeBack(undo).catch(() => undefined);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Logs, last words and decisions: what a person would look at. */
function keepState({ stateDir }, folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(stateDir, folder, { recursive: true, filter: (file) => !/catalog\.db|\.sock$/.test(file) });
}

/** Every step, also after one that fails. @throws what failed first */
async function takeBack(steps) {
  const errors = [];
  for (const step of steps.splice(0)) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

function resultOf({ checks, faulty, causes, cluster }, outcome) {
  const { requests, lost, longestWaitMs, detectMs, capacityMs, restarts } = outcome;
  return {
    held: checks.every(({ holds, decides }) => holds || !decides),
    checks,
    requests,
    lostOwn: lost.own.length,
    lostBystanders: lost.bystanders.length,
    fates: tally([...lost.own, ...lost.bystanders].map(({ fate }) => fate)),
    longestWaitMs,
    // Where no worker was broken, there is nobody to detect.
    detectMs: faulty.size === 0 ? undefined : (detectMs ?? null),
    capacityMs: capacityMs ?? null,
    restarts,
    causes,
    startMs: cluster.startMs,
  };
}

function tally(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
