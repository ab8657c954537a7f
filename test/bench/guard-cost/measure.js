import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { countAnswers } from './load.js';

/**
 * What the process guard costs: the same application with and without it, measured in turns, so that what else the
 * machine does hits both. Needs a build: npm run build && node test/bench/guard-cost/measure.js [rounds]
 */
const rounds = Number(process.argv[2] ?? 30);
const CONNECTIONS = 32;
const ROUND_MS = 1000;
const IDLE_MS = 10_000;
const SERVER = new URL('server.js', import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), 'evernest-guard-cost-'));
const servers = { bare: await start('bare'), guarded: await start('guarded') };
try {
  for (const { port } of Object.values(servers)) await countAnswers(port, CONNECTIONS, 3 * ROUND_MS);
  const throughput = [];
  const processor = [];
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['bare', 'guarded'] : ['guarded', 'bare'];
    const rate = {};
    for (const name of order) rate[name] = await measure(servers[name]);
    throughput.push(rate.guarded.perSecond / rate.bare.perSecond);
    processor.push(rate.guarded.cpuMicroseconds / rate.bare.cpuMicroseconds);
    console.log(`round ${round + 1}: bare ${describe(rate.bare)}, guarded ${describe(rate.guarded)}`);
  }
  const bare = await idle(servers.bare);
  const guarded = await idle(servers.guarded);
  console.log(`throughput with the guard: ${change(throughput)}`);
  console.log(`processor time per request: ${change(processor)}`);
  console.log(`memory: ${((guarded.rssBytes - bare.rssBytes) / 2 ** 20).toFixed(1)} MiB more resident`);
  console.log(
    `processor when idle: ${(guarded.coreShare * 100).toFixed(2)} % of a core, ${(bare.coreShare * 100).toFixed(2)} % without`,
  );
} finally {
  for (const { child } of Object.values(servers)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

async function start(name) {
  const child = spawn(process.execPath, ['--expose-gc', SERVER, name, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(child, 'message');
  return { child, port };
}

/** The processor time of the server hardly depends on who else uses the machine, the throughput does. */
async function measure({ child, port }) {
  const before = await ask(child);
  const { answers, seconds } = await countAnswers(port, CONNECTIONS, ROUND_MS);
  const after = await ask(child);
  return { perSecond: answers / seconds, cpuMicroseconds: cpuBetween(before, after) / answers };
}

function describe({ perSecond, cpuMicroseconds }) {
  return `${perSecond.toFixed(0)}/s at ${cpuMicroseconds.toFixed(1)} µs`;
}

function change(ratios) {
  const sorted = ratios.toSorted((one, other) => one - other);
  const percent = (share) => `${((sorted[Math.floor(share * (sorted.length - 1))] - 1) * 100).toFixed(1)} %`;
  return `${percent(0.5)} (median of ${sorted.length}; quartiles ${percent(0.25)} and ${percent(0.75)})`;
}

function cpuBetween(before, after) {
  return after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
}

async function idle({ child }) {
  const before = await ask(child);
  await delay(IDLE_MS);
  const after = await ask(child);
  return { rssBytes: after.rssBytes, coreShare: cpuBetween(before, after) / 1000 / IDLE_MS };
}

async function ask(child) {
  child.send('how are you');
  const [answer] = await once(child, 'message');
  return answer;
}
