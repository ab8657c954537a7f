import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the service itself has on record, as a person would look it up afterwards: its files, and not its answers. */
export class Records {
  constructor(stateDir) {
    this.guard = join(stateDir, 'guard');
    this.decisionLog = join(stateDir, 'supervisor', 'decisions.ndjson');
    this.logFile = join(stateDir, 'log', 'combined.log');
  }

  /** The lines of all processes so far. */
  get log() {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').split('\n') : [];
  }

  /** What workers wrote as they ended, oldest first. */
  get lastWords() {
    if (!existsSync(this.guard)) return [];
    return readdirSync(this.guard)
      .filter((file) => file.endsWith('.json') && !file.endsWith('.report.json'))
      .map((file) => JSON.parse(readFileSync(join(this.guard, file), 'utf8')))
      .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  }

  /** What the supervisor decided, each as its last line has it, oldest first. */
  get decisions() {
    if (!existsSync(this.decisionLog)) return [];
    const lines = readFileSync(this.decisionLog, 'utf8').split('\n').slice(0, -1);
    const byId = new Map();
    for (const line of lines) {
      const decision = JSON.parse(line);
      byId.set(decision.id, decision);
    }
    return [...byId.values()];
  }

  lastWordsOf(pid) {
    return this.lastWords.find((words) => words.pid === pid);
  }

  /** The decisions that an end of this process belongs to; there should be exactly one. */
  decisionsAbout(pid) {
    return this.decisions.filter(({ evidence }) => (evidence.ends ?? []).some((end) => end.pid === pid));
  }
}
