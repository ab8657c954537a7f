import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const GENERATOR = fileURLToPath(new URL('generator.js', import.meta.url));
const DEFAULTS = {
  perSecond: 100,
  /** The others are sent over connections that are kept. */
  freshPart: 0.4,
  keepAlive: 24,
  headers: {},
  /** So many more wait for their answer before they ask again, after a pause of up to `longestPauseMs` drawn by lot. */
  clients: 0,
  longestPauseMs: 0,
  seed: 1,
  /** Nobody looks at a page any more that has taken longer. */
  patienceMs: 10_000,
};

/** Begins to send requests to a port, until it is stopped. */
export function startLoad(options) {
  const child = fork(GENERATOR, [JSON.stringify({ ...DEFAULTS, ...options })], {
    env: { PATH: process.env.PATH },
  });
  const exited = once(child, 'exit');
  let counted;
  return {
    /** Waits for what is under way. @returns what became of every request */
    stop() {
      counted ??= countOf(child, exited);
      return counted;
    },
    /** For when nobody asks any more. */
    kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    },
  };
}

async function countOf(child, exited) {
  const told = once(child, 'message');
  child.send('stop');
  const [count] = await Promise.race([
    told,
    exited.then(([code, signal]) => {
      throw new Error(`the load generator ended before its count (${code ?? signal})`);
    }),
  ]);
  child.disconnect();
  await exited;
  return count;
}
