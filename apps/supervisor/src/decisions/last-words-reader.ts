import { lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { LastWords } from '@evernest/process-guard';

/** Which process. */
export interface ProcessInQuestion {
  readonly pid: number;
  /** Decides alone if it is known, since numbers of processes are given again. */
  readonly bootId: string | null;
  /** By the clock on the wall; without it and without `bootId`, nobody's last words are taken for its own. */
  readonly startedAtMs: number | null;
  /** When it was found to be gone, if it is: later words are those of another process with its number. */
  readonly atMs?: number;
}

/** Ten times what a process guard writes. */
const MAX_FILE_BYTES = 256 * 1024;
/** Twice what a process guard keeps. */
const MAX_FILES = 100;
const KEPT_CORRUPT_FILES = 10;
const CORRUPT = '.corrupt';
/** It comes from a worker's answer and becomes a part of a path. */
const BOOT_ID = /^[\w-]{1,100}$/;
/** Names of boots tell the process, such as `20261121T114557123Z-4711-9f3c.json`. */
const NAME_OF_BOOT = /^\d{8}T\d{9}Z-(?<pid>\d+)-[\da-f]{4}\.json$/;

/**
 * Reads the last words that workers left in `STATE_DIR/guard`. Synchronous: it is asked when a worker has ended, and then reads one or
 * two files of some kilobytes. Files that cannot be understood are renamed to `*.corrupt` and told of once; nothing is thrown.
 */
export class LastWordsReader {
  private readonly logger = new Logger('LastWordsReader');
  private readonly toldOf = new Set<string>();

  constructor(private readonly folder: string) {}

  /** Undefined if that process left none. */
  find({
    pid,
    bootId,
    startedAtMs,
    atMs = Number.POSITIVE_INFINITY,
  }: ProcessInQuestion): LastWords | undefined {
    if (bootId !== null) {
      const words = BOOT_ID.test(bootId) ? this.read(`${bootId}.json`) : undefined;
      return words?.bootId === bootId ? words : undefined;
    }
    if (startedAtMs === null) return undefined;
    // The first after its start: the next process with this number may have ended by now, too.
    return this.readAll((name) => pidIn(name) === undefined || pidIn(name) === pid).find((words) => {
      const saidAtMs = Date.parse(words.at);
      return words.pid === pid && saidAtMs >= startedAtMs && saidAtMs <= atMs;
    });
  }

  /** The newest hundred, in the order in which they were said. */
  all(): LastWords[] {
    return this.readAll(() => true);
  }

  private readAll(isWanted: (name: string) => boolean): LastWords[] {
    return this.names()
      .filter(isWanted)
      .map((name) => this.read(name))
      .filter((words) => words !== undefined)
      .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => name.endsWith('.json') && !name.endsWith('.report.json'))
        .toSorted()
        .slice(-MAX_FILES);
    } catch (error) {
      // No worker has ended yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.tellOnce(this.folder, 'cannot be read', error);
      return [];
    }
  }

  private read(name: string): LastWords | undefined {
    const file = join(this.folder, name);
    try {
      const stats = lstatSync(file, { throwIfNoEntry: false });
      // To read a pipe would wait for whoever writes to it.
      if (!stats?.isFile()) return undefined;
      const words = stats.size > MAX_FILE_BYTES ? undefined : tryParse(readFileSync(file, 'utf8'));
      if (isLastWords(words)) return words;
      this.setAside(file);
    } catch (error) {
      // The guard removes the oldest ones at any moment.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.tellOnce(file, 'cannot be read', error);
    }
    return undefined;
  }

  private setAside(file: string): void {
    this.tellOnce(file, `holds no last words; it becomes ${file}${CORRUPT}`);
    renameSync(file, `${file}${CORRUPT}`);
    const corrupt = readdirSync(this.folder).filter((name) => name.endsWith(CORRUPT));
    for (const name of corrupt.toSorted().slice(0, -KEPT_CORRUPT_FILES)) {
      rmSync(join(this.folder, name), { force: true });
    }
  }

  private tellOnce(file: string, what: string, error?: unknown): void {
    if (this.toldOf.has(file)) return;
    if (this.toldOf.size >= MAX_FILES) this.toldOf.clear();
    this.toldOf.add(file);
    this.logger.warn({ message: `${file} ${what}`, file, error });
  }
}

function pidIn(name: string): number | undefined {
  const pid = NAME_OF_BOOT.exec(name)?.groups?.['pid'];
  return pid === undefined ? undefined : Number(pid);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What everything else rests on; the rest is evidence for people. */
function isLastWords(value: unknown): value is LastWords {
  if (typeof value !== 'object' || value === null) return false;
  const { bootId, pid, pmId, at, cause, message, uptimeSeconds } = value as Record<string, unknown>;
  return (
    typeof bootId === 'string' &&
    typeof pid === 'number' &&
    (pmId === null || typeof pmId === 'number') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof cause === 'string' &&
    typeof message === 'string' &&
    typeof uptimeSeconds === 'number'
  );
}
