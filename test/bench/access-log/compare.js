import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnections } from './load.js';

const CONNECTIONS = 16;
/** Short turns, because what else a machine does changes within a second. */
const TURN_MS = 60;
/** Enough for V8 to have compiled what is called for each request. */
const WARM_UP_ANSWERS = 10_000;
const PIN =
  cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0 ? ['taskset', '--cpu-list', '0'] : [];

/**
 * Prints what servers cost, measured in turns, so that what else the machine does hits all of them. Where there is
 * `taskset`, they have a processor of their own.
 * @param names of the kinds of server; the others are compared with the first
 * @param ofEach how many processes there are of each, which differ by some percent among themselves
 * @param start starts a server of that kind, which answers messages with its `process.cpuUsage()`
 */
export async function compare({ names, ofEach, rounds, path, start }) {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-access-log-'));
  const servers = [];
  try {
    for (let nth = 0; nth < ofEach; nth += 1) {
      for (const name of names) servers.push(await warmedUp(name, await start(name, folder), path));
    }
    const turns = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const server of shuffled(servers)) turns.push({ round, ...(await measure(server)) });
    }
    console.log(report(names, turns));
  } finally {
    for (const { child, connections } of servers) {
      connections.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a server in Node, which sends a message once it listens. */
export async function spawnServer(args, options) {
  const [command, ...rest] = [...PIN, process.execPath, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], ...options });
  const [message] = await once(child, 'message');
  return { child, message };
}

async function warmedUp(name, { child, port }, path) {
  const connections = await openConnections(port, CONNECTIONS, path);
  for (let warm = 0; warm < WARM_UP_ANSWERS;) warm += (await connections.countAnswers(TURN_MS)).answers;
  return { name, child, connections };
}

/** The processor time of the server, all its threads, hardly depends on who else uses the machine. */
async function measure({ name, child, connections }) {
  const before = await ask(child);
  const { answers, seconds } = await connections.countAnswers(TURN_MS);
  const after = await ask(child);
  const cpu = after.user + after.system - before.user - before.system;
  return { name, perSecond: answers / seconds, cpuMicroseconds: cpu / answers };
}

async function ask(child) {
  child.send('how are you');
  const [answer] = await once(child, 'message');
  return answer;
}

function report(names, turns) {
  const rows = names.map((name) => {
    const own = turns.filter((turn) => turn.name === name);
    const cpu = median(own.map((turn) => turn.cpuMicroseconds)).toFixed(1);
    return `| ${name} | ${cpu} | ${change(own, 'cpuMicroseconds')} | ${change(own, 'perSecond')} |`;
  });
  return [
    '| log | CPU µs per request | CPU | requests per second |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');

  /** Each turn against the median of those of the first kind in the same round; of these ratios the median. */
  function change(own, figure) {
    const ratios = own.map((turn) => turn[figure] / baseOf(turn.round, figure));
    const percent = (median(ratios) - 1) * 100;
    return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
  }

  function baseOf(round, figure) {
    return median(
      turns.filter((turn) => turn.round === round && turn.name === names[0]).map((turn) => turn[figure]),
    );
  }
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
