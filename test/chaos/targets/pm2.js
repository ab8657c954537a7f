import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { projectRoot } from '../../../scripts/project-root.js';
import { processesWith } from '../watch/process-tree.js';
import { isAlive } from '../watch/workers.js';

export const PM2 = join(projectRoot, 'node_modules/pm2/bin/pm2');
/** pm2 in the foreground, as containers and services run it. */
export const PM2_RUNTIME = join(projectRoot, 'node_modules/pm2/bin/pm2-runtime');
const PRELOAD = pathToFileURL(join(projectRoot, 'test/chaos/preload/preload.js')).href;
const LOOK_EVERY_MS = 50;
/** The longest that a worker may take to leave, and some. */
const ENDS_WITHIN_MS = 20_000;

/** A pm2 whose home is in a temporary folder, and whose workers can be broken: those that run `script`. */
export class Pm2 {
  constructor({ folder, script, variables }) {
    this.pidFile = join(folder, 'pm2', 'pm2.pid');
    this.environment = {
      PATH: process.env.PATH,
      HOME: folder,
      PM2_HOME: join(folder, 'pm2'),
      // Else pm2 asks its makers' server for news.
      PM2_DISCRETE_MODE: 'true',
      PM2_DISABLE_VERSION_CHECK: 'true',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      CHAOS_FOLDER: folder,
      CHAOS_SCRIPT: script,
      ...variables,
    };
  }

  /** @returns what pm2 printed */
  async run(...args) {
    const { stdout } = await promisify(execFile)(process.execPath, [PM2, ...args], {
      cwd: projectRoot,
      env: this.environment,
    });
    return stdout;
  }

  /** undefined if none runs */
  get daemonPid() {
    const pid = existsSync(this.pidFile) ? Number(readFileSync(this.pidFile, 'utf8')) : NaN;
    return isAlive(pid) ? pid : undefined;
  }

  /** The processes of an app, as pm2 lists them. */
  async processes(name) {
    // Some of pm2's own lines may come before the list.
    const list = /^\[.*\]$/m.exec(await this.run('jlist'))?.[0] ?? '[]';
    return JSON.parse(list).filter((listed) => listed.name === name);
  }

  /** Ends the daemon and its processes as `pm2 kill` does, and whoever does not end by that. */
  async end() {
    if (this.daemonPid !== undefined) {
      // Unreferenced, or it would keep the harness when it is not needed any more.
      const patience = delay(ENDS_WITHIN_MS, undefined, { ref: false });
      await Promise.race([this.run('kill').catch(() => ''), patience]);
    }
    for (;;) {
      const left = processesWith('CHAOS_FOLDER', this.environment.CHAOS_FOLDER);
      if (left.length === 0) return;
      for (const pid of left) kill(pid);
      await delay(LOOK_EVERY_MS);
    }
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended in this moment.
    if (error.code !== 'ESRCH') throw error;
  }
}
