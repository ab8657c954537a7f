import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const KIBIBYTES_PER_MEBIBYTE = 1024;

/** Watches what must not grow in whoever runs for months: memory and descriptors of the supervisor and of pm2's daemon. */
export class Growth {
  #samples = [];

  /** @param {Record<string, number>} pids by a name for each */
  constructor(pids) {
    this.pids = pids;
  }

  sample() {
    this.#samples.push(
      Object.fromEntries(
        Object.entries(this.pids).flatMap(([name, pid]) => [
          [`${name}: MiB resident`, residentMebibytes(pid)],
          [`${name}: open descriptors`, readdirSync(`/proc/${pid}/fd`).length],
        ]),
      ),
    );
  }

  get samples() {
    return this.#samples.length;
  }

  /** From the second third of the time, when all is warm, to the last: `{ what, before, after }`, medians; nothing before there are three samples. */
  get changes() {
    const third = Math.floor(this.#samples.length / 3);
    const [second, last] = [this.#samples.slice(third, 2 * third), this.#samples.slice(2 * third)];
    if (third === 0) return [];
    return Object.keys(last[0]).map((what) => ({
      what,
      before: median(second.map((sample) => sample[what])),
      after: median(last.map((sample) => sample[what])),
    }));
  }
}

function residentMebibytes(pid) {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(kibibytes) / KIBIBYTES_PER_MEBIBYTE);
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

/** How many files are below a folder. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
    .length;
}

/** Sockets of workers that are gone. */
export function leftSockets(stateDir, isAlive) {
  return readdirSync(join(stateDir, 'run')).filter((name) => {
    const [, pid] = /\.(\d+)\.sock$/.exec(name) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  }).length;
}
