import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LastWords } from './last-words.js';

/** A crash loop must not fill the disk; fifty ends are more than anyone reads. */
const KEPT_FILES = 50;
/** The names of boots; whatever else lies in the folder is not ours. */
const LAST_WORDS = /^\d{8}T\d{9}Z-\d+-[\da-f]{4}\.json$/;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Writes `<folder>/<bootId>.json`, whole or not at all, and removes all but the newest fifty. Synchronous, because the
 * process is about to end; imports nothing but Node's own modules, because the hang watchdog's thread uses it too.
 * @throws Error of the file system.
 */
export function writeLastWords(folder: string, words: LastWords): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const file = join(folder, `${words.bootId}.json`);
  // A name of its own for each thread of the process; a rename is what makes it whole or nothing.
  const unfinished = `${file}.${process.pid}-${process.hrtime.bigint()}.tmp`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(words, null, 2)}\n`, { mode: PRIVATE_FILE });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  keepNewest(folder, LAST_WORDS, KEPT_FILES);
}

/** Removes the oldest files with that ending, or such a name, until `count` are left. */
export function keepNewest(folder: string, ending: string | RegExp, count: number): void {
  const files = readdirSync(folder)
    .filter((name) => (typeof ending === 'string' ? name.endsWith(ending) : ending.test(name)))
    .map((name) => join(folder, name))
    .map((file) => ({ file, writtenAt: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((one, other) => other.writtenAt - one.writtenAt);
  for (const { file } of files.slice(count)) rmSync(file, { force: true });
}
