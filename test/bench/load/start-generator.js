import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { failure } from '../../../scripts/failure.js';
import { GENERATOR_CORE, pinned } from './cores.js';

const FILE = fileURLToPath(new URL('generator.js', import.meta.url));

/** Starts the load generator on its own core. Its functions reject when `signal` aborts. */
export function startGenerator({ signal }) {
  const [command, args] = pinned([GENERATOR_CORE], [process.execPath, FILE]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  async function ask(action, input) {
    child.send({ action, input });
    const [{ error, result }] = await once(child, 'message', { signal });
    if (error) throw failure(error);
    return result;
  }
  return {
    /** Reads from a target what its later requests need. */
    prepare: (input) => ask('prepare', input),
    /** What a target answers to some requests, reduced to what must be the same for all. */
    sample: (input) => ask('sample', input),
    /** Makes so many requests on each connection and tells how it went. */
    send: (input) => ask('send', input),
    pid: () => child.pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
