import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openConnections } from './load.js';

/**
 * What the process guard costs: the same application with and without it, measured in turns, so that what else the
 * machine does hits both. Needs a build and Linux, whose `taskset` gives the servers a processor of their own:
 * npm run build && taskset --cpu-list 1 node test/bench/guard-cost/measure.js [rounds]
 */
const rounds = Number(process.argv[2] ?? 300);
const CONNECTIONS = 32;
/** Short turns, because what else a machine does changes within a second. */
const TURN_MS = 50;
const WARM_UP_MS = 3000;
const IDLE_MS = 10_000;
/** Processes of one program differ by some percent among themselves, so there are several of each. */
const OF_EACH = 4;
const VARIANTS = ['bare', 'hooked', 'guarded'];
const SERVER = new URL('server.js', import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), 'evernest-guard-cost-'));
const servers = [];
try {
  for (let nth = 0; nth < OF_EACH; nth += 1) {
    for (const variant of VARIANTS) servers.push(await start(variant));
  }
  const turns = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const server of shuffled(servers)) turns.push({ round, ...(await measure(server)) });
  }
  console.log(`throughput with the guard: ${change(turns, 'perSecond')}`);
  console.log(`processor time per request: ${change(turns, 'cpuMicroseconds')}`);
  console.log(`the same with hooks that do nothing: ${change(turns, 'cpuMicroseconds', isHooked)}`);
  const bareMicroseconds = quantile(0.5, turns.filter(isBare), 'cpuMicroseconds');
  console.log(`processor time of a request without either: ${bareMicroseconds.toFixed(1)} µs`);
  const [first] = servers;
  const isFirst = ({ child }) => child === first.child;
  const isOtherBare = (turn) => isBare(turn) && !isFirst(turn);
  console.log(`one without it against the others: ${change(turns, 'cpuMicroseconds', isFirst, isOtherBare)}`);
  const rest = await Promise.all(servers.map(idle));
  const memory = mean(rest, isGuarded, 'rssBytes') - mean(rest, isBare, 'rssBytes');
  console.log(`memory: ${(memory / 2 ** 20).toFixed(1)} MiB more resident`);
  const [guarded, bare] = [isGuarded, isBare].map((variant) => 100 * mean(rest, variant, 'coreShare'));
  console.log(`processor when idle: ${guarded.toFixed(2)} % of a core, ${bare.toFixed(2)} % without`);
} finally {
  for (const { child } of servers) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

async function start(variant) {
  const child = spawn('taskset', ['--cpu-list', '0', process.execPath, SERVER, variant, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  const connections = await openConnections(port, CONNECTIONS);
  await connections.countAnswers(WARM_UP_MS);
  return { child, variant, connections };
}

/** The processor time of the server hardly depends on who else uses the machine, the throughput does. */
async function measure({ child, variant, connections }) {
  const before = await ask(child);
  const { answers, seconds } = await connections.countAnswers(TURN_MS);
  const after = await ask(child);
  return {
    variant,
    child,
    perSecond: answers / seconds,
    cpuMicroseconds: cpuBetween(before, after) / answers,
  };
}

/** Each turn of some servers against the median of the others in the same round; of these ratios the median. */
function change(turns, figure, isCompared = isGuarded, isBase = isBare) {
  const ratios = [];
  for (let round = 1; round <= rounds; round += 1) {
    const inRound = turns.filter((turn) => turn.round === round);
    const base = quantile(0.5, inRound.filter(isBase), figure);
    for (const turn of inRound.filter(isCompared)) ratios.push({ ratio: turn[figure] / base });
  }
  const percent = (share) => `${((quantile(share, ratios, 'ratio') - 1) * 100).toFixed(1)} %`;
  return `${percent(0.5)} (median of ${ratios.length}; quartiles ${percent(0.25)} and ${percent(0.75)})`;
}

function isGuarded({ variant }) {
  return variant === 'guarded';
}

function isHooked({ variant }) {
  return variant === 'hooked';
}

function isBare({ variant }) {
  return variant === 'bare';
}

function quantile(share, samples, figure) {
  const sorted = samples.map((sample) => sample[figure]).toSorted((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at % 1);
}

function mean(samples, isIncluded, figure) {
  const values = samples.filter(isIncluded).map((sample) => sample[figure]);
  return values.reduce((sum, value) => sum + value) / values.length;
}

function shuffled(list) {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function cpuBetween(before, after) {
  return after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
}

async function idle({ child, variant }) {
  const before = await ask(child);
  await delay(IDLE_MS);
  const after = await ask(child);
  return { variant, rssBytes: after.rssBytes, coreShare: cpuBetween(before, after) / 1000 / IDLE_MS };
}

async function ask(child) {
  child.send('how are you');
  const [answer] = await once(child, 'message');
  return answer;
}
