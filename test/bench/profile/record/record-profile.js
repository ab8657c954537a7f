import { cpuMicroseconds } from '../../figures/process-usage.js';
import { median } from '../../figures/quantile.js';
import { makeCatalogue } from '../../load/make-catalogue.js';
import { startGenerator } from '../../load/start-generator.js';
import { measureTurn, measureTurns } from '../../measure-turns.js';
import { WRITE_TOKEN } from '../../targets/write-token.js';
import { partBetween } from '../cpu-profile/part-between.js';
import { startRecordedService } from './start-recorded-service.js';

/** After those with which the benchmark warms up. */
const WARM_ROUNDS = 2;
const UNPROFILED_SECONDS = 2;
/** Less is not worth another turn. */
const LEAST_SHARE = 0.1;

/**
 * Starts the service, warms it up, and records V8's profile of its main thread while it serves about so many seconds.
 * @returns the profile of just that time, and `run`: what was served meanwhile and what it cost
 */
export async function recordProfile({ workload, seconds, intervalUs, folder, signal, tell }) {
  tell('importing the catalogue');
  const { databaseFile, catalogue } = await makeCatalogue(folder);
  const generator = startGenerator({ signal });
  let service;
  try {
    tell('starting the service');
    service = await startRecordedService({ folder, databaseFile, signal });
    const input = { catalogue, writeToken: WRITE_TOKEN };
    await generator.prepare({ ...input, origin: service.origin, workload: workload.name });
    return await recordUnderLoad(service, { workload, seconds, intervalUs, generator, input, tell });
  } finally {
    await generator.stop();
    await service?.stop();
  }
}

async function recordUnderLoad(service, { workload, seconds, intervalUs, generator, input, tell }) {
  const measuring = { pair: { workload, target: service }, generator, input };
  tell('warming up');
  const warm = await warmUp(measuring);

  tell(`profiling for about ${seconds} s`);
  await service.startProfile(intervalUs);
  const before = clocksOf(service);
  const turns = await measureFor(seconds, warm, measuring);
  const after = clocksOf(service);
  const profile = await service.stopProfile();

  tell('and without the profiler');
  const unprofiled = await measureFor(UNPROFILED_SECONDS, turns.at(-1), measuring);
  const requests = sumOf(turns, 'requests');
  return {
    profile: partBetween(profile, before.monotonic, after.monotonic),
    run: {
      workload: workload.name,
      connections: warm.connections,
      requests,
      failed: sumOf(turns, 'failed'),
      seconds: sumOf(turns, 'seconds'),
      intervalUs,
      mainThreadMicroseconds: (after.mainThread - before.mainThread) / requests,
      processMicroseconds: (after.process - before.process) / requests,
      unprofiledMicroseconds: median(unprofiled.map((turn) => turn.cpuMicroseconds)),
    },
  };
}

async function warmUp({ pair, generator, input }) {
  const turns = await measureTurns({
    pairs: [pair],
    rounds: WARM_ROUNDS,
    seconds: 1,
    generator,
    input,
    onRound: () => {},
  });
  return turns.at(-1);
}

/** Turns go by a count of requests; as the machine and the profiler change the pace, there may have to be some. */
async function measureFor(seconds, { perSecond, round }, { pair, generator, input }) {
  const turns = [];
  for (let left = seconds; left > seconds * LEAST_SHARE; left -= turns.at(-1).seconds) {
    const pace = turns.at(-1)?.perSecond ?? perSecond;
    const next = { round: round + turns.length + 1, requests: pace * left, generator, input };
    turns.push(await measureTurn(pair, next));
  }
  return turns;
}

/** All in µs: the clock of V8's profiles, which all processes share, and processor times. */
function clocksOf(service) {
  const [pid] = service.pids();
  return {
    monotonic: Number(process.hrtime.bigint() / 1000n),
    // A thread has the same files as a process; that of the main thread bears the number of the process.
    mainThread: cpuMicroseconds([`${pid}/task/${pid}`]),
    process: cpuMicroseconds([pid]),
  };
}

function sumOf(turns, figure) {
  return turns.reduce((sum, turn) => sum + turn[figure], 0);
}
