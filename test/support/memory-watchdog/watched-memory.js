// A process under the memory watchdog that uses memory in one of the ways and reports over IPC.
// Arguments: JSON of {way, bytesPerSecond, rssLimitBytes}.
import { performance } from 'node:perf_hooks';
import { WAYS_TO_USE_MEMORY } from './ways-to-use-memory.js';

const LIB = new URL(
  process.env['MEMORY_WATCHDOG'] ?? '../../../dist/libs/process-guard/src/memory-watchdog/',
  import.meta.url,
);
const { MemoryWatchdog } = await import(new URL('memory-watchdog.js', LIB));
const { memoryLimits } = await import(new URL('memory-limits.js', LIB));
const { watchListenerLeaks } = await import(new URL('listener-leaks.js', LIB));
const TICK_MS = 10;
const MOST_MS = 50;

const { way, bytesPerSecond, rssLimitBytes } = JSON.parse(process.argv[2]);
const limits = memoryLimits({ configuredBytes: rssLimitBytes, workers: 1 });
const startedAtMs = performance.now();
let majors = 0;
let peakRssBytes = 0;

const watchdog = new MemoryWatchdog(limits, ({ verdict }) => {
  report('verdict');
  // A guard would drain now.
  if (verdict === 'recycle') leave();
});
const stopWatchdog = watchdog.start();
watchListenerLeaks();
new PerformanceObserver((list) => {
  majors += list.getEntries().filter(({ detail }) => detail.kind === 4).length;
}).observe({ entryTypes: ['gc'] });

function report(event) {
  process.send({
    event,
    seconds: (performance.now() - startedAtMs) / 1000,
    verdict: watchdog.verdict,
    reason: watchdog.reason,
    limits,
    reading: watchdog.reading,
    majors,
    peakRssBytes,
  });
}

function leave() {
  clearInterval(user);
  clearInterval(sampler);
  // It would go on telling of the verdict.
  stopWatchdog();
  process.disconnect();
}

const use = WAYS_TO_USE_MEMORY[way];
let last = performance.now();
let dueBytes = 0;
const user = setInterval(() => {
  const now = performance.now();
  // After a pause it does not catch up, which would keep the event loop from turning as no service does.
  dueBytes += (bytesPerSecond * Math.min(now - last, MOST_MS)) / 1000;
  last = now;
  while (dueBytes > 0) {
    const usedBytes = use({ majors, elapsedMs: now - startedAtMs });
    if (usedBytes === 'done') {
      report('done');
      return leave();
    }
    dueBytes -= usedBytes;
  }
}, TICK_MS);
const sampler = setInterval(() => {
  watchdog.sample();
  peakRssBytes = Math.max(peakRssBytes, watchdog.reading.rssBytes);
}, 1000);
