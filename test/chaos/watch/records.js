import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NewLines } from './new-lines.js';

/** What the service itself has on record, as a person would look it up afterwards: its files, and not its answers. */
export class Records {
  #newInLog;
  #log = [];
  #newDecisions;
  #decisions = new Map();

  constructor(stateDir) {
    this.guard = join(stateDir, 'guard');
    this.#newInLog = new NewLines(join(stateDir, 'log', 'combined.log'));
    this.#newDecisions = new NewLines(join(stateDir, 'supervisor', 'decisions.ndjson'));
  }

  /** The lines of all processes so far. */
  get log() {
    for (const line of this.#newInLog.next()) this.#log.push(line);
    return this.#log;
  }

  /** What workers wrote as they ended, oldest first. */
  get lastWords() {
    if (!existsSync(this.guard)) return [];
    return readdirSync(this.guard)
      .filter((file) => file.endsWith('.json') && !file.endsWith('.report.json'))
      .flatMap((file) => readIfThere(join(this.guard, file)))
      .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  }

  /** What the supervisor decided, each as its last line has it, oldest first. */
  get decisions() {
    for (const line of this.#newDecisions.next()) {
      const decision = JSON.parse(line);
      this.#decisions.set(decision.id, decision);
    }
    return [...this.#decisions.values()];
  }

  lastWordsOf(pid) {
    return this.lastWords.find((words) => words.pid === pid);
  }

  /** The decisions that an end of this process belongs to; there should be exactly one. */
  decisionsAbout(pid) {
    return this.decisions.filter(({ evidence }) => (evidence.ends ?? []).some((end) => end.pid === pid));
  }
}

/** The oldest are removed as new ones come. */
function readIfThere(file) {
  try {
    return [JSON.parse(readFileSync(file, 'utf8'))];
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
