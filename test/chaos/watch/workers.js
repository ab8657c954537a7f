import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

const LOOK_EVERY_MS = 50;
/** Whoever answers later does not serve. */
const ANSWERS_WITHIN_MS = 1_000;
const ASKED = '/books/1';

/**
 * Looks at every worker that there is or was, twenty times a second: does its process live, and does it answer what clients ask?
 * Asked is each by itself, through the side door that was put into it, and never its target: both are measured alike.
 */
export class WatchedWorkers {
  /** @type {Map<number, object>} by pid, in order of their start */
  #workers = new Map();
  #samples = [];
  #looking;

  constructor(folder, name) {
    this.announcements = join(folder, 'workers');
    this.doors = join(folder, 'doors');
    this.name = name;
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /**
   * All that ever were: `{ pid, pmId, startedAt, endedAt, servesSince, isLeaving, mostMebibytes }`, times in ms since
   * 1970. What was the most that a process had resident is the kernel's own figure.
   */
  get all() {
    return [...this.#workers.values()];
  }

  get living() {
    return this.all.filter(({ endedAt }) => endedAt === undefined);
  }

  /** Who would be given a client now: lives, answers, and does not drain. */
  get serving() {
    return this.living.filter(isServing);
  }

  worker(pid) {
    return this.#workers.get(pid);
  }

  /** How many served at each look since then, as `{ at, serving }`. */
  samplesSince(time) {
    return this.#samples.filter(({ at }) => at >= time);
  }

  stop() {
    clearInterval(this.#looking);
  }

  #look() {
    for (const pid of readdirSync(this.announcements).map(Number)) {
      if (!this.#workers.has(pid)) this.#meet(pid);
    }
    for (const worker of this.living) {
      worker.mostMebibytes = mostResident(worker.pid) ?? worker.mostMebibytes;
      if (!isAlive(worker.pid)) worker.endedAt = Date.now();
      else if (!worker.isAsked) this.#ask(worker);
    }
    this.#samples.push({ at: Date.now(), serving: this.serving.length });
  }

  #meet(pid) {
    const text = readFileSync(join(this.announcements, String(pid)), 'utf8');
    // It is being written.
    if (!text.endsWith('}')) return;
    const worker = JSON.parse(text);
    // A canary has a name of its own and no clients.
    if (worker.name === this.name) this.#workers.set(pid, worker);
  }

  #ask(worker) {
    const socketPath = join(this.doors, `${worker.pid}.sock`);
    if (!existsSync(socketPath)) return;
    worker.isAsked = true;
    const askedAt = Date.now();
    const done = (answers) => {
      worker.isAsked = false;
      worker.answers = answers;
      if (answers) worker.servesSince ??= askedAt;
    };
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    request(
      { socketPath, path: ASKED, agent: false, headers: { connection: 'keep-alive' }, signal },
      (response) => {
        worker.isLeaving = response.headers.connection === 'close';
        response.resume().on('error', () => undefined);
        response.on('close', () => done(response.complete && response.statusCode === 200));
      },
    )
      .on('error', () => done(false))
      .end();
  }
}

function isServing({ answers, isLeaving }) {
  return answers === true && !isLeaving;
}

/** undefined for a process that has ended */
function mostResident(pid) {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes && Math.round(Number(kibibytes) / 1024);
  } catch {
    return undefined;
  }
}

export function isAlive(pid) {
  try {
    // A zombie takes signals too, and has ended.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)[0] !== 'Z';
  } catch {
    return false;
  }
}
