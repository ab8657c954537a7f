// A process under the watchdog that does what its parent tells it.
// Arguments: JSON of {timeoutMs, lastWordsFolder, bootId, wayFile}.
import { AsyncLocalStorage } from 'node:async_hooks';
import { write } from 'node:fs';
import inspector from 'node:inspector';
import { startHangWatchdog } from '../../../dist/libs/process-guard/src/hang-watchdog/hang-watchdog.js';

const BEAT_MS = 20;

const { wayFile, isWatched, ...options } = JSON.parse(process.argv[2]);
const { WAYS_TO_HANG } = await import(wayFile);
const requests = new AsyncLocalStorage();

const watchdog =
  isWatched && startHangWatchdog({ pmId: 3, currentRequest: () => requests.getStore(), ...options });
const timer = watchdog && setInterval(() => watchdog.beat(), BEAT_MS);

const COMMANDS = {
  hang({ way, turn, request }) {
    if (request) watchdog.noteRequest(request.id, request.method, request.route);
    // In a turn of its own, as a request would be.
    return new Promise((resolve) => {
      setTimeout(() => requests.run(request, () => resolve(WAYS_TO_HANG[way](turn))), 1);
    });
  },
  /** Answers when it has lived for so long. */
  liveFor: ({ milliseconds }) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  exit: ({ code }) => process.exit(code),
  letGo() {
    clearInterval(timer);
    process.disconnect();
  },
  async stop() {
    clearInterval(timer);
    if (watchdog) await watchdog.stop();
    return {
      resources: process.getActiveResourcesInfo(),
      symbols: Object.getOwnPropertySymbols(globalThis).length,
    };
  },
  /** Fills the pipe to the parent, which does not read it. */
  fillStderr() {
    const text = 'x'.repeat(4096);
    for (let filled = 0; filled < 2 ** 24; filled += text.length) write(2, text, () => undefined);
  },
  openDebugger: () => inspector.open(0),
  closeDebugger: () => inspector.close(),
  openDebuggerAndWait() {
    inspector.open(0);
    inspector.waitForDebugger();
  },
  /** As if the description of the main thread could not be trusted. */
  breakDescription({ expression }) {
    const key = Symbol.for('evernest.process-guard.main-thread-view');
    globalThis[key] = () => expression;
  },
};

async function obey({ command, ...rest }) {
  const answer = await COMMANDS[command](rest);
  if (process.connected) process.send({ command, answer });
}

process.on('message', (message) => void obey(message));
process.send({ command: 'started' });
