import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What a log line costs, beside winston's File transport and pino, each in a process of its own that writes the same
 * lines to a file in turns, so that what else the machine does hits all of them. Needs a build:
 * npm run build && node test/bench/log-lines/measure.js [rounds]
 */
const rounds = Number(process.argv[2] ?? 30);
const LINES_PER_TURN = 20_000;
const WARM_UP_TURNS = 5;
const BASE = 'pino';
const NAMES = ['evernest', 'winston', BASE, 'pino that redacts'];

const folder = mkdtempSync(join(tmpdir(), 'evernest-log-lines-'));
const failure = new AbortController();
const writers = NAMES.map(start);
try {
  for (let turn = 0; turn < WARM_UP_TURNS; turn += 1) for (const writer of writers) await measure(writer);
  for (let round = 0; round < rounds; round += 1) {
    for (const writer of shuffled(writers)) writer.turns.push(await measure(writer));
  }
  report();
} finally {
  for (const { child } of writers) {
    child.removeAllListeners('exit');
    if (child.kill('SIGKILL')) await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

function start(name) {
  const child = fork(new URL('writer.js', import.meta.url), [name, mkdtempSync(join(folder, 'writer-'))]);
  child.once('exit', () => failure.abort(new Error(`The process that writes with ${name} ended.`)));
  return { name, child, turns: [] };
}

async function measure({ child }) {
  child.send(LINES_PER_TURN);
  const [answer] = await once(child, 'message', { signal: failure.signal });
  return answer;
}

/** Processor time, which hardly depends on who else uses the machine; the ratio is taken within each round. */
function report() {
  const base = writers.find(({ name }) => name === BASE);
  for (const { name, turns } of writers) {
    const cost = median(turns.map(({ microseconds }) => microseconds));
    const ratio = median(
      turns.map(({ microseconds }, round) => microseconds / base.turns[round].microseconds),
    );
    // The fewest of any turn: a line that was lost would show.
    const bytes = Math.round(Math.min(...turns.map((turn) => turn.bytes)));
    console.log(`| ${name} | ${cost.toFixed(1)} | ${ratio.toFixed(2)} | ${bytes} |`);
  }
}

function shuffled(items) {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
