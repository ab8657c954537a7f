// Writes lines to a pipe that nobody reads and tells its parent what memory that took.
// Arguments: the kind of logger, the path of the pipe, the number of lines, the built library.
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LOGGERS } from './loggers.js';

const [kind, path, count, library] = process.argv.slice(2);
const LINES_OF_A_TURN = 1000;

const log = await LOGGERS[kind](path, library);
globalThis.gc();
const rssBefore = process.memoryUsage.rss();
let peakRss = rssBefore;
const beganMs = performance.now();
let lines = 0;
try {
  for (; lines < Number(count); lines += 1) {
    log({
      requestId: 'b7c1f3a2-0d7e-4f6a',
      route: '/books/:id',
      durationMs: lines % 977,
      text: 'x'.repeat(120),
    });
    if (lines % LINES_OF_A_TURN !== 0) continue;
    await nextTurn();
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    if (process.connected) process.send({ kind, lines, peakRss });
  }
} catch {
  // It is told how far it came.
}
process.send({
  kind,
  lines,
  rssBefore,
  peakRss,
  seconds: (performance.now() - beganMs) / 1000,
  isDone: true,
});
