import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Above the time for requests in flight: what a worker's modules take to close (`kill_timeout` in ecosystem.config.js). */
const CLOSE_MS = 5_000;
/** What pm2 itself takes, above the time it gives its processes. */
const PM2_STOP_MARGIN_MS = 15_000;
/** At a SIGTERM pm2 7 stops so many processes at a time, whatever PM2_CONCURRENT_ACTIONS says. */
const STOPPED_AT_A_TIME = 10;

/** What the daemon itself has to be started with; docker/ sets the same. */
export const DAEMON_SETTINGS = {
  // Workers accept for themselves: the daemon would also hand clients to one that hangs (docs/decisions/0010).
  NODE_CLUSTER_SCHED_POLICY: 'none',
  // How many workers `pm2 stop` and `pm2 restart` take at a time. The default of 2 would make them last several drains.
  PM2_CONCURRENT_ACTIONS: '512',
};

/** Starts the cluster under a pm2 in the foreground of its own process group. */
export function startPm2(root, home, { stateDir, drainTimeoutMs, workers }) {
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
      const deadline = setTimeout(
        () => {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        },
        longestStopMs(workers, drainTimeoutMs),
      );
      await whenEnded;
      clearTimeout(deadline);
    },
  };
}

/** How long pm2 may take to stop all workers and the supervisor. */
export function longestStopMs(workers, drainTimeoutMs) {
  const rounds = Math.ceil((workers + 1) / STOPPED_AT_A_TIME);
  return rounds * (drainTimeoutMs + CLOSE_MS) + PM2_STOP_MARGIN_MS;
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
