import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, failure } from '../../scripts/failure.js';
import { checkAnswers } from './check-answers.js';
import { readCommandLine } from './command-line.js';
import { EXIT } from './exit-codes.js';
import { canSeparate, GENERATOR_CORE, pinThisProcess } from './load/cores.js';
import { makeCatalogue } from './load/make-catalogue.js';
import { startGenerator } from './load/start-generator.js';
import { measureStarts } from './measure-starts.js';
import { measureTurns } from './measure-turns.js';
import { reportPage } from './report/page.js';
import { summarise } from './report/summarise.js';
import { reportText } from './report/text.js';
import { listText } from './report/list.js';
import { startTarget } from './targets/start-target.js';
import { supports, TARGETS } from './targets/index.js';
import { WRITE_TOKEN } from './targets/write-token.js';
import { WORKLOADS } from './workloads/index.js';

const options = readCommandLine(process.argv.slice(2), { targets: TARGETS, workloads: WORKLOADS });
if (typeof options === 'number') process.exitCode = options;
else if (options.list) console.log(listText({ targets: TARGETS, workloads: WORKLOADS }));
else process.exitCode = await main(options, stopSignal());

async function main(wanted, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-bench-'));
  try {
    publish(await measure(wanted, { folder, signal }), wanted);
    return EXIT.done;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return EXIT.failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ targets, workloads, startup, baseline, rounds, seconds }, { folder, signal }) {
  if (process.platform !== 'linux') {
    throw failure('The benchmark needs Linux: it reads /proc, and gives each server a core with taskset.');
  }
  if (!canSeparate)
    console.error('There is one core only: server and load share it, and the figures mean little.');
  pinThisProcess(GENERATOR_CORE);
  const { databaseFile, catalogue } = await makeCatalogue(folder);
  const startedAt = new Date().toISOString();
  const starts = startup
    ? await measureStarts({
        targets: targets.filter(isStartMeasured),
        rounds,
        folder,
        databaseFile,
        signal,
        onRound: (round) => tell(`startup: round ${round} of ${rounds}`),
      })
    : [];
  const turns =
    workloads.length > 0
      ? await measureWorkloads({
          targets,
          workloads,
          rounds,
          seconds,
          folder,
          databaseFile,
          catalogue,
          signal,
        })
      : [];
  const described = { baseline, rounds, seconds, machine: machine(), startedAt };
  return {
    ...described,
    targets: targets.map(({ name, title }) => ({ name, title })),
    summary: summarise({ workloads, targets, baseline, turns, starts }),
    turns,
    starts,
  };
}

async function measureWorkloads({
  targets,
  workloads,
  rounds,
  seconds,
  folder,
  databaseFile,
  catalogue,
  signal,
}) {
  const needed = targets.filter((target) => workloads.some((workload) => supports(target, workload)));
  const generator = startGenerator({ signal });
  const running = [];
  try {
    for (const target of needed) {
      tell(`starting ${target.name}`);
      const ownFolder = join(folder, target.name);
      running.push({ target, ...(await startTarget({ target, folder: ownFolder, databaseFile, signal })) });
    }
    const pairs = workloads.flatMap((workload) =>
      running.filter(({ target }) => supports(target, workload)).map((target) => ({ workload, target })),
    );
    const input = { catalogue, writeToken: WRITE_TOKEN };
    tell('comparing answers');
    await checkAnswers({ pairs, generator, input });
    return await measureTurns({
      pairs,
      rounds,
      seconds,
      generator,
      input,
      onRound: (round) => tell(round === 0 ? 'warming up' : `round ${round} of ${rounds}`),
    });
  } finally {
    await generator.stop();
    await Promise.all(running.map(({ stop }) => stop()));
  }
}

/** One process and not a variant, whose start says nothing new. */
function isStartMeasured({ workloads, processes = 1 }) {
  return workloads === undefined && processes === 1;
}

function publish(run, { json, html, quick }) {
  if (html !== undefined) writeFileSync(html, reportPage(run));
  const text = `${JSON.stringify(run, null, 1)}\n`;
  if (json === '-') process.stdout.write(text);
  else if (quick)
    console.log('All targets run and answer alike. The figures of so short a run mean nothing.');
  else console.log(reportText(run));
  if (json !== undefined && json !== '-') writeFileSync(json, text);
}

function machine() {
  const [processor] = cpus();
  return { cpu: processor?.model ?? 'unknown processor', cores: cpus().length, node: process.versions.node };
}

function tell(text) {
  console.error(text);
}

/** The first Ctrl-C ends the measurement and stops all servers. */
function stopSignal() {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  return controller.signal;
}
