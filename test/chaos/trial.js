import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exactly } from './expectations/bounds.js';
import { poison } from './load/poison.js';
import { startProbing } from './load/probing.js';
import { PM2 } from './targets/pm2.js';
import { runCommand } from './targets/run-command.js';
import { ConnectionLog } from './watch/connection-log.js';
import { Records } from './watch/records.js';
import { isAlive } from './watch/workers.js';

const LOOK_EVERY_MS = 25;
/** How long the harness waits for what should come, before it goes on without. */
const PATIENCE_MS = 15_000;
/** However busy the machine is: a start has been seen to take 39 s beside two other clusters. */
const RECOVERS_WITHIN_MS = 60_000;
/** Under load and in full strength again before a scenario counts as over. */
const CALM_MS = 1_000;

/** One scenario on one target, while it runs: what a scenario does to the cluster, and what it may ask of it. */
export class Trial {
  /** Processes that the fault was put into; whatever is lost on their connections is not a bystander's. */
  faulty = new Set();
  checks = [];
  /** When the fault began, in ms since 1970. */
  beganAt;
  #outcome;

  /**
   * @param {(undo: () => unknown) => void} given.after what is to be done when the trial is over, however it ends
   * @param {unknown} given.prepared what the scenario's `prepare` returned
   */
  constructor({ cluster, load, prepared, seed, soakMs, quick, isWithoutPart, after, signal }) {
    this.cluster = cluster;
    this.watch = cluster.watch;
    this.records = new Records(cluster.stateDir);
    this.connections = new ConnectionLog(join(cluster.folder, 'connections'));
    this.prepared = prepared;
    this.after = after;
    this.seed = seed;
    this.soakMs = soakMs;
    this.isWithoutPart = isWithoutPart;
    this.load = load;
    this.quick = quick;
    this.signal = signal;
  }

  /** Whether it is the service that is tried, and not what others use. */
  get isEvernest() {
    return this.cluster.target.name === 'evernest';
  }

  /** The processes that serve now, oldest first. */
  get pids() {
    return this.watch.serving.map(({ pid }) => pid);
  }

  /** Of each broken process, what is on record of its end by now. */
  get causes() {
    return [...this.faulty].map((pid) => {
      const cause = this.records.lastWordsOf(pid)?.cause;
      const [decision] = this.records.decisionsAbout(pid);
      // Whoever asked knows why.
      return (cause === 'asked' && decision?.reason) || (cause ?? decision?.reason ?? 'none');
    });
  }

  /** From now on the time counts. @param {number[]} pids what breaks, if it is workers */
  begin(...pids) {
    this.beganAt ??= Date.now();
    for (const pid of pids) this.faulty.add(pid);
  }

  /**
   * A client's request that breaks whichever worker it comes to.
   * @returns the worker's pid, and the answer to come
   */
  async poison(order) {
    this.begin();
    const sent = poison(this.cluster.port, order);
    const connection = await sent.connection;
    const pid = await this.until(() => this.connections.ownerOf(connection));
    if (pid !== undefined) this.faulty.add(pid);
    return { pid, answer: sent.answer };
  }

  /** Breaks one worker while it runs, or `all` that start from now on. */
  order(who, order) {
    if (who !== 'all') this.begin(who);
    writeFileSync(this.#orderFile(who), order);
  }

  cure(who) {
    rmSync(this.#orderFile(who), { force: true });
  }

  /** Brings the code that is on disk to the cluster as its operator would. @returns what the command ended with, and printed */
  rollOut() {
    return this.command(...this.cluster.target.rollOut);
  }

  /** pm2's own reload, as often as wanted. */
  async reload(times) {
    for (let time = 0; time < times; time += 1) await this.command(PM2, 'reload', this.cluster.target.app);
  }

  /** Runs a script in the cluster's environment. @returns {Promise<{ exitCode: number, output: string }>} */
  command(...command) {
    return runCommand(command, { environment: this.cluster.pm2.environment, signal: this.signal });
  }

  signalTo(pid, name) {
    this.begin(pid);
    process.kill(pid, name);
  }

  /** Asks for a path five times a second until the scenario is over. @returns `{ answers }`, as they come */
  probe(path) {
    const probing = startProbing(this.cluster.port, path);
    this.after(() => probing.stop());
    return probing;
  }

  /** @returns what `look` returns as soon as that is something; undefined if it is nothing for too long. */
  async until(look, patienceMs = PATIENCE_MS) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      if (Date.now() > deadline) return undefined;
      await delay(LOOK_EVERY_MS, undefined, { signal: this.signal });
    }
  }

  /** Something that takes its time, and that an interruption ends. */
  pause(ms) {
    return delay(ms, undefined, { signal: this.signal });
  }

  /** @returns after how many ms the process was gone; undefined if it stayed */
  async endOf(pid, patienceMs) {
    await this.until(() => !isAlive(pid), patienceMs);
    // The watch notes it a little later.
    const ended = await this.until(() => this.watch.worker(pid)?.endedAt, 500);
    return ended === undefined ? undefined : ended - this.beganAt;
  }

  /** @returns after how many ms as many workers as there should be serve that are not broken; undefined if they never do */
  async fullCapacity(patienceMs) {
    return this.until(() => {
      const sound = this.watch.serving.filter(({ pid }) => !this.faulty.has(pid));
      return sound.length >= this.cluster.workers && Date.now() - this.beganAt;
    }, patienceMs);
  }

  /** Waits for full capacity, which there has to be if it has patience, and for a calm second, ends the load, and tells what it came to. */
  async over({ patienceMs = RECOVERS_WITHIN_MS } = {}) {
    if (this.#outcome) return this.#outcome;
    const capacityMs = await this.fullCapacity(patienceMs);
    if (patienceMs !== 0) this.expect('full capacity again', capacityMs !== undefined, exactly(true));
    await this.pause(CALM_MS);
    const count = await this.load.stop();
    const own = count.lost.filter((request) => this.faulty.has(this.#workerOf(request)));
    this.#outcome = {
      ...count,
      lost: { own, bystanders: count.lost.filter((request) => !own.includes(request)) },
      capacityMs,
      detectMs: this.#detectedAfter(),
      restarts: this.watch.all.filter(({ startedAt }) => startedAt >= this.beganAt).length,
    };
    return this.#outcome;
  }

  /** @param {{ text: string, holds: (found: unknown) => boolean, isNearly?: (found: unknown) => boolean, isLate?: (found: unknown) => boolean }} bound */
  expect(what, found, bound) {
    const isKnown = found !== undefined && !Number.isNaN(found);
    this.checks.push({
      what,
      found: isKnown ? found : null,
      bound: bound.text,
      holds: isKnown && bound.holds(found),
      isLate: isKnown && (bound.isLate?.(found) ?? false),
      decides: !(this.quick && isKnown && bound.isNearly?.(found)),
    });
  }

  #orderFile(who) {
    return join(this.cluster.folder, 'faults', String(who));
  }

  #workerOf({ connection, endedAt }) {
    return connection && this.connections.ownerOf(connection, endedAt);
  }

  /** The first that anybody could have known: words, a decision, or the end of a process. */
  #detectedAfter() {
    const pids = [...this.faulty];
    const times = [
      ...pids.map((pid) => this.watch.worker(pid)?.endedAt),
      ...pids.map((pid) => toTime(this.records.lastWordsOf(pid)?.at)),
      ...pids.flatMap((pid) => this.records.decisionsAbout(pid)).map(({ at }) => toTime(at)),
    ];
    const known = times.filter((time) => time >= this.beganAt);
    return known.length === 0 ? undefined : Math.min(...known) - this.beganAt;
  }
}

function toTime(text) {
  return text === undefined ? undefined : Date.parse(text);
}
