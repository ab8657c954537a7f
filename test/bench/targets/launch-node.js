import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../../scripts/failure.js';
import { pinned } from '../load/cores.js';

const PATIENCE_MS = 10_000;

/** Starts one Node process as a production server would be, with nothing of this process's environment but the path. */
export function launchNode({ name, args, env, folder, cores }) {
  const errors = join(folder, 'stderr.log');
  const stderr = openSync(errors, 'w');
  const [command, rest] = pinned(cores, [process.execPath, ...args]);
  const child = spawn(command, rest, {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', stderr],
  });
  closeSync(stderr);
  const exited = once(child, 'exit');
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pids() {
      if (!isOver()) return [child.pid];
      const reason = readFileSync(errors, 'utf8').trim().split('\n').slice(-20).join('\n');
      throw failure(`${name} has ended (${child.exitCode ?? child.signalCode}).\n${reason}`);
    },
    async stop() {
      if (isOver()) return;
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await exited;
      clearTimeout(killing);
    },
  };
}
