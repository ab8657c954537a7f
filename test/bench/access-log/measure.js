import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOGGERS } from './loggers.js';
import { openConnections } from './load.js';

/**
 * What a line per request costs: the same server without a log, with ours and with others', measured in turns, so that
 * what else the machine does hits all of them. Where there is `taskset`, the servers have a processor of their own:
 * npm run build && taskset --cpu-list 1 node test/bench/access-log/measure.js [rounds]
 */
const rounds = Number(process.argv[2] ?? 200);
const CONNECTIONS = 16;
/** Short turns, because what else a machine does changes within a second. */
const TURN_MS = 60;
/** Enough for V8 to have compiled what is called for each request. */
const WARM_UP_ANSWERS = 30_000;
/** Processes of one program differ by some percent among themselves, so there are several of each. */
const OF_EACH = 2;
const SERVER = new URL('server.js', import.meta.url).pathname;
const PIN =
  cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0 ? ['taskset', '--cpu-list', '0'] : [];

const folder = mkdtempSync(join(tmpdir(), 'evernest-access-log-'));
const servers = [];
try {
  for (const logger of Object.keys(LOGGERS)) {
    for (let nth = 0; nth < OF_EACH; nth += 1) servers.push(await start(logger));
  }
  const turns = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const server of shuffled(servers)) turns.push({ round, ...(await measure(server)) });
  }
  console.log(report(turns));
} finally {
  for (const { child, connections } of servers) {
    connections.close();
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

async function start(logger) {
  const [command, ...args] = [...PIN, process.execPath, SERVER, logger, folder];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ port }] = await once(child, 'message');
  const connections = await openConnections(port, CONNECTIONS);
  for (let warm = 0; warm < WARM_UP_ANSWERS;) warm += (await connections.countAnswers(TURN_MS)).answers;
  return { child, logger, connections };
}

/** The processor time of the server, all its threads, hardly depends on who else uses the machine. */
async function measure({ child, logger, connections }) {
  const before = await ask(child);
  const { answers, seconds } = await connections.countAnswers(TURN_MS);
  const after = await ask(child);
  const cpu = after.user + after.system - before.user - before.system;
  return { logger, perSecond: answers / seconds, cpuMicroseconds: cpu / answers };
}

async function ask(child) {
  child.send('how are you');
  const [answer] = await once(child, 'message');
  return answer;
}

function report(turns) {
  const rows = Object.keys(LOGGERS).map((logger) => {
    const cpu = median(turns.filter((turn) => turn.logger === logger).map((turn) => turn.cpuMicroseconds));
    return `| ${logger} | ${cpu.toFixed(1)} | ${change(turns, logger, 'cpuMicroseconds')} | ${change(turns, logger, 'perSecond')} |`;
  });
  return [
    '| log | CPU µs per request | CPU | requests per second |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Each turn against the median of those without a log in the same round; of these ratios the median. */
function change(turns, logger, figure) {
  const ratios = [];
  for (let round = 1; round <= rounds; round += 1) {
    const inRound = turns.filter((turn) => turn.round === round);
    const base = median(inRound.filter((turn) => turn.logger === 'none').map((turn) => turn[figure]));
    for (const turn of inRound) if (turn.logger === logger) ratios.push(turn[figure] / base);
  }
  const percent = (median(ratios) - 1) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

function shuffled(list) {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
