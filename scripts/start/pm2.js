import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** What pm2 itself takes, above the time it gives its workers. */
const PM2_STOP_MARGIN_MS = 20_000;

/** What the daemon itself has to be started with; docker/ sets the same. */
export const DAEMON_SETTINGS = {
  // Workers accept for themselves: the daemon would also hand clients to one that hangs (docs/decisions/0010).
  NODE_CLUSTER_SCHED_POLICY: 'none',
  // How many workers `pm2 stop` and `pm2 restart` take at a time. The default of 2 would make them last several drains. At a SIGTERM it
  // takes ten at a time whatever this says: with ten workers or more a stop lasts two drains.
  PM2_CONCURRENT_ACTIONS: '512',
};

/** Starts the cluster under a pm2 in the foreground of its own process group. */
export function startPm2(root, home, { stateDir, drainTimeoutMs }) {
  const log = openSync(join(stateDir, 'log', 'pm2.log'), 'a');
  const args = [pm2Binary(root, 'pm2-runtime'), 'start', 'ecosystem.config.js', '--env', 'production'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: pm2Environment(home),
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C would reach every worker at once, and pm2 would start the ended ones again.
    detached: true,
  });
  closeSync(log);

  const ended = new AbortController();
  const whenEnded = new Promise((resolve) => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  void whenEnded.then(() => ended.abort());

  return {
    /** Aborted once pm2 is gone, for whatever reason. */
    ended: ended.signal,
    /** Drains the workers and ends pm2. */
    async stop() {
      if (ended.signal.aborted) return;
      child.kill('SIGTERM');
      const deadline = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, drainTimeoutMs + PM2_STOP_MARGIN_MS);
      await whenEnded;
      clearTimeout(deadline);
    },
  };
}

export function pm2Binary(root, name) {
  return join(root, 'node_modules/pm2/bin', name);
}

export function pm2Environment(home) {
  const {
    // pm2 takes these two common names for the keys of its makers' monitoring service, and would connect to it.
    SECRET_KEY: _secretKey,
    PUBLIC_KEY: _publicKey,
    ...environment
  } = process.env;
  return {
    ...environment,
    PM2_HOME: home,
    PM2_DISABLE_VERSION_CHECK: 'true',
    PM2_NO_INTERACTION: 'true',
    ...DAEMON_SETTINGS,
  };
}
