import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cpuMicroseconds } from '../../figures/process-usage.js';
import { median } from '../../figures/quantile.js';
import { makeCatalogue } from '../../load/make-catalogue.js';
import { startGenerator } from '../../load/start-generator.js';
import { measureTurn, measureTurns } from '../../measure-turns.js';
import { launchEvernest } from '../../targets/evernest/target.js';
import { startTarget } from '../../targets/start-target.js';
import { WRITE_TOKEN } from '../../targets/write-token.js';
import { partBetween } from '../cpu-profile/part-between.js';
import { askRecorder } from './ask-recorder.js';

const RECORDER = pathToFileURL(fileURLToPath(new URL('recorder.js', import.meta.url))).href;
/** After those with which the benchmark warms up. */
const WARM_ROUNDS = 2;
const UNPROFILED_SECONDS = 2;
/** Less is not worth another turn. */
const LEAST_SHARE = 0.1;

/**
 * Starts the service, warms it up, and records V8's profile of its main thread while it serves about so many seconds.
 * @returns the profile as V8 has it, and `run`: what was served meanwhile and what it cost
 */
export async function recordProfile({ workload, seconds, intervalUs, folder, signal, tell }) {
  tell('importing the catalogue');
  const { databaseFile, catalogue } = await makeCatalogue(folder);
  const socket = join(folder, 'recorder.sock');
  const generator = startGenerator({ signal });
  let service;
  try {
    tell('starting the service');
    const target = recorded(socket);
    service = await startTarget({
      target,
      folder: join(folder, 'service'),
      databaseFile,
      apart: true,
      signal,
    });
    const input = { catalogue, writeToken: WRITE_TOKEN };
    await generator.prepare({ ...input, origin: service.origin, workload: workload.name });
    const measuring = { generator, input };
    const pair = { workload, target: service };
    tell('warming up');
    const warm = await measureTurns({
      pairs: [pair],
      rounds: WARM_ROUNDS,
      seconds: 1,
      ...measuring,
      onRound: () => {},
    });
    const ask = (question) =>
      askRecorder(socket, question).catch((error) => {
        // If the service has ended, this tells why.
        service.pids();
        throw error;
      });
    tell(`profiling for about ${seconds} s`);
    const file = join(folder, 'raw.cpuprofile');
    // A thread has the same files as a process; that of the main thread bears the number of the process.
    const [pid] = service.pids();
    const mainThread = `${pid}/task/${pid}`;
    await ask({ action: 'start', intervalUs });
    const [from, before] = [monotonicMicroseconds(), cpuMicroseconds([mainThread])];
    const turns = await measureFor(seconds, { pair, ...warm.at(-1), ...measuring });
    const [to, after] = [monotonicMicroseconds(), cpuMicroseconds([mainThread])];
    await ask({ action: 'stop', file });
    tell('and without the profiler');
    const usual = await measureFor(UNPROFILED_SECONDS, { pair, ...turns.at(-1), ...measuring });

    const sumOf = (figure) => turns.reduce((sum, turn) => sum + turn[figure], 0);
    const requests = sumOf('requests');
    return {
      profile: partBetween(JSON.parse(readFileSync(file, 'utf8')), from, to),
      run: {
        workload: workload.name,
        connections: turns[0].connections,
        requests,
        failed: sumOf('failed'),
        seconds: sumOf('seconds'),
        intervalUs,
        mainThreadMicroseconds: (after - before) / requests,
        processMicroseconds: median(turns.map((turn) => turn.cpuMicroseconds)),
        unprofiledMicroseconds: median(usual.map((turn) => turn.cpuMicroseconds)),
      },
    };
  } finally {
    await generator.stop();
    await service?.stop();
  }
}

function recorded(socket) {
  return {
    name: 'the service',
    launch: (options) =>
      launchEvernest(options, { nodeArgs: ['--import', RECORDER], variables: { PROFILE_SOCKET: socket } }),
  };
}

/** The clock of V8's profiles, which all processes share. */
function monotonicMicroseconds() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Turns go by a count of requests; as the machine and the profiler change the pace, there may have to be some. */
async function measureFor(seconds, { pair, perSecond, round, generator, input }) {
  const turns = [];
  for (let left = seconds; left > seconds * LEAST_SHARE; left -= turns.at(-1).seconds) {
    const pace = turns.at(-1)?.perSecond ?? perSecond;
    const next = { round: round + turns.length + 1, requests: pace * left, generator, input };
    turns.push(await measureTurn(pair, next));
  }
  return turns;
}
