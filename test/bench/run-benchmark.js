import { cpus } from 'node:os';
import { failure } from '../../scripts/failure.js';
import { checkAnswers } from './check-answers.js';
import { canSeparate, GENERATOR_CORE, pinThisProcess } from './load/cores.js';
import { makeCatalogue } from './load/make-catalogue.js';
import { startGenerator } from './load/start-generator.js';
import { measureStarts } from './measure-starts.js';
import { measureTurns } from './measure-turns.js';
import { summarise } from './report/summarise.js';
import { supports } from './targets/index.js';
import { startTargets, stopAll } from './targets/start-targets.js';
import { WRITE_TOKEN } from './targets/write-token.js';

/**
 * Measures what the command line asks for.
 * @param {object} wanted see command-line.js
 * @param {object} options
 * @param {string} options.folder for everything that the servers write
 * @param {AbortSignal} options.signal ends it early; whatever was started is stopped
 * @param {(text: string) => void} options.tell is told how far it is
 */
export async function runBenchmark(wanted, { folder, signal, tell }) {
  if (process.platform !== 'linux') {
    throw failure('The benchmark needs Linux: it reads /proc, and gives each server a core with taskset.');
  }
  if (!canSeparate) tell('There is one core only: server and load share it, and the figures mean little.');
  const { targets, workloads, startup, baseline, rounds, seconds, quick = false } = wanted;
  if (!quick) pinThisProcess(GENERATOR_CORE);
  const startedAt = new Date().toISOString();
  const { databaseFile, catalogue } = await makeCatalogue(folder);
  const place = { folder, databaseFile, apart: !quick, signal };

  const starts = startup ? await measureAllStarts({ targets, rounds, tell, ...place }) : [];
  const turns = workloads.length > 0 ? await measureWorkloads(wanted, { place, catalogue, tell }) : [];
  return {
    startedAt,
    baseline,
    rounds,
    seconds,
    machine: machine(),
    targets: targets.map(({ name, title }) => ({ name, title })),
    summary: summarise({ workloads, targets, baseline, turns, starts }),
    turns,
    starts,
  };
}

function measureAllStarts({ targets, rounds, tell, ...place }) {
  const onRound = (round) => tell(`startup: round ${round} of ${rounds}`);
  return measureStarts({ targets: targets.filter(isStartMeasured), rounds, onRound, ...place });
}

async function measureWorkloads({ targets, workloads, rounds, seconds }, { place, catalogue, tell }) {
  const needed = targets.filter((target) => workloads.some((workload) => supports(target, workload)));
  const generator = startGenerator({ signal: place.signal });
  let running = [];
  try {
    tell(`starting ${needed.map(({ name }) => name).join(', ')}`);
    running = await startTargets({ targets: needed, ...place });
    const pairs = workloads.flatMap((workload) =>
      running.filter(({ target }) => supports(target, workload)).map((target) => ({ workload, target })),
    );
    const input = { catalogue, writeToken: WRITE_TOKEN };
    tell('comparing answers');
    await checkAnswers({ pairs, generator, input });
    const onRound = (round) => tell(round === 0 ? 'warming up' : `round ${round} of ${rounds}`);
    return await measureTurns({ pairs, rounds, seconds, generator, input, onRound });
  } finally {
    await generator.stop();
    await stopAll(running);
  }
}

/** One process and not a variant, whose start says nothing new. */
function isStartMeasured({ workloads, processes = 1 }) {
  return workloads === undefined && processes === 1;
}

function machine() {
  const [processor] = cpus();
  return { cpu: processor?.model ?? 'unknown processor', cores: cpus().length, node: process.versions.node };
}
