import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** Starts a server of its own process. Resolves to its origin, its processor time and the function that stops it. */
export async function startServer(file, args) {
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const started = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof started[0]?.port !== 'number') throw new Error(`${file} did not start: ${started[0]}`);
  return {
    origin: `http://127.0.0.1:${started[0].port}`,
    mainThread: () => mainThread(child.pid),
    stop: () => stop(child),
  };
}

/** Starts the load generator. Its `run(url, ...phases)` resolves to one summary for each phase. */
export function startGenerator(file) {
  const child = fork(file);
  return {
    async run(url, ...phases) {
      child.send({ url, phases });
      const [summaries] = await once(child, 'message');
      return summaries;
    },
    stop: () => stop(child),
  };
}

/** What the main thread got of the processor, and how long it had to wait for it. Only Linux tells. */
async function mainThread(pid) {
  const schedstat = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => 'NaN NaN');
  const [ranNs, waitedNs] = schedstat.split(' ').map(Number);
  return { ranSeconds: ranNs / 1e9, waitedSeconds: waitedNs / 1e9 };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  // Both leave when their parent is gone; one that is busy with a backlog does not hear of it.
  child.disconnect();
  child.kill();
  await exited;
}
