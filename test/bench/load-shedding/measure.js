import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPeak, quiet } from './find-peak.js';
import { startGenerator, startServer } from './processes.js';
import { median } from './summary.js';

const OVERLOAD = 5;
const AFTERWARDS = { share: 0.5, seconds: 1 };

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    routes: { type: 'string', default: '/in-one-go,/in-slices' },
    build: { type: 'string', default: local('../../../dist') },
    server: { type: 'string', default: local('server.js') },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);

const plain = await startServer(options.server, [options.build, 'plain']);
const shedding = await startServer(options.server, [options.build, 'shedding']);
const generator = startGenerator(local('generator.js'));
try {
  for (const route of options.routes.split(',')) report(route, await measureRoute(route));
} finally {
  await Promise.all([plain.stop(), shedding.stop(), generator.stop()]);
}

async function measureRoute(route) {
  // Both shall be compiled and know their work.
  for (const { origin } of [plain, shedding]) await generator.run(origin + route, { rate: 30, seconds: 2 });
  const peakRate = await findPeak(generator, plain.origin + route, seconds);
  const atPeak = { rate: peakRate, seconds };
  const overload = { rate: peakRate * OVERLOAD, seconds };
  const afterwards = { rate: peakRate * AFTERWARDS.share, seconds: AFTERWARDS.seconds };
  const measured = [];
  for (let round = 0; round < rounds; round += 1) {
    const [peak] = await load(plain, route, atPeak);
    const [withIt, after] = await load(shedding, route, overload, afterwards);
    const [peakWithIt] = await load(shedding, route, atPeak);
    const [without] = await load(plain, route, overload);
    await quiet(plain.origin + route);
    measured.push({ peakRate, peak, peakWithIt, withIt, without, after });
  }
  return measured;
}

/** The summary of the first phase also tells what the server got of the processor meanwhile. */
async function load(server, route, ...phases) {
  const before = await server.mainThread();
  const ran = generator.run(server.origin + route, ...phases);
  await delay(phases[0].seconds * 1000);
  const after = await server.mainThread();
  const [first, ...others] = await ran;
  const perBusySecond = (first.goodput * first.seconds) / (after.ranSeconds - before.ranSeconds);
  const starved = (after.waitedSeconds - before.waitedSeconds) / first.seconds;
  return [{ ...first, perBusySecond, starved }, ...others];
}

function report(route, measured) {
  console.log(`\n${route}: ${OVERLOAD} times the peak for ${seconds} s`);
  console.table(measured.map(row));
  const ratio = (run, figure) => median(measured.map((round) => round[run][figure] / round.peak[figure]));
  const ratios = (run) => ({
    goodput: percent(ratio(run, 'goodput')),
    'goodput by processor time': percent(ratio(run, 'perBusySecond')),
    'p99 of accepted': `${ratio(run, 'p99Ms').toFixed(2)} times`,
  });
  console.log(`Medians of ${rounds} rounds, each against the peak without shedding of its round:`);
  console.table({
    'overload, with shedding': ratios('withIt'),
    'overload, without shedding': ratios('without'),
    'peak, with shedding': ratios('peakWithIt'),
  });
  const shedAfterwards = measured.map(({ after }) => after.shed).join(', ');
  console.log(`Shed in the second after the overload, at half the peak: ${shedAfterwards}`);
}

function row({ peakRate, peak, peakWithIt, withIt, without, after }) {
  return {
    'peak/s': Math.round(peakRate),
    'peak: goodput': Math.round(peak.goodput),
    p99: Math.round(peak.p99Ms),
    'with: goodput': Math.round(withIt.goodput),
    'p50 ': Math.round(withIt.p50Ms),
    'p99 ': Math.round(withIt.p99Ms),
    starved: percent(withIt.starved),
    'p99 of 503': Math.round(withIt.shedP99Ms),
    'last 503 afterwards': Math.round(after.lastShedAtMs),
    'without: goodput': Math.round(without.goodput),
    'p99  ': Math.round(without.p99Ms),
    'shed at peak': percent(peakWithIt.shed / peakWithIt.sent),
  };
}

function percent(ratio) {
  return `${Math.round(ratio * 100)} %`;
}

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
