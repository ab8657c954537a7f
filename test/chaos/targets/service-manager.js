import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../scripts/project-root.js';

/** As `RestartSec` of systemd is by default. */
const RESTARTS_AFTER_MS = 100;
/** As TimeoutStopSec of docker/systemd/evernest.service and stop_grace_period of docker/compose.yaml. */
const STOPS_WITHIN_MS = 30_000;

/**
 * What systemd and container engines do: keeps one program in the foreground, starts it again when it ends, and when it is told to stop
 * sends SIGTERM to it alone. What the program leaves behind it leaves alone, unlike both.
 */
export class ServiceManager {
  #child;
  #isStopping = false;
  #over = Promise.resolve();

  /** @param {string[]} command the program and its arguments */
  constructor([program, ...args], environment) {
    this.program = program;
    this.args = args;
    this.environment = environment;
  }

  start() {
    this.#over = this.#keepRunning();
  }

  /** The program's process; undefined while there is none. */
  get pid() {
    return this.#child?.pid;
  }

  /** From now on it does not start its program again. */
  giveUp() {
    this.#isStopping = true;
  }

  async stop() {
    this.giveUp();
    this.#child?.kill('SIGTERM');
    const child = this.#child;
    const patience = setTimeout(() => child?.kill('SIGKILL'), STOPS_WITHIN_MS);
    await this.#over;
    clearTimeout(patience);
  }

  async #keepRunning() {
    while (!this.#isStopping) {
      const { program, args, environment } = this;
      // A process group of its own: Ctrl-C is for the harness.
      this.#child = spawn(program, args, {
        cwd: projectRoot,
        env: environment,
        stdio: 'ignore',
        detached: true,
      });
      await endOf(this.#child);
      this.#child = undefined;
      if (!this.#isStopping) await delay(RESTARTS_AFTER_MS);
    }
  }
}

function endOf(child) {
  return new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
}
