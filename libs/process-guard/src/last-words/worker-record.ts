import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Logger } from '@nestjs/common';
import { messageOf } from '../thrown.js';
import type { Boot } from './boot.js';
import type { LastWords } from './last-words.js';
import { keepNewest } from './write-last-words.js';

/** Lies beside the last words from the start of a worker until a later one has told of its end. */
const ENDING = '.worker';
const KEPT_FILES = 50;

const logger = new Logger('ProcessGuard');

/**
 * Notes that this worker runs, and logs one line on why the one before it ended: the same number under pm2, any outside.
 * A worker that was killed from outside could say nothing; that it is gone without a word is then the news.
 * @throws Error of the file system.
 */
export function openWorkerRecord(folder: string, boot: Boot): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ended = endedWorkers(folder, boot);
  const latest = ended.at(-1);
  if (latest) tell(latest, readLastWords(folder, latest.bootId));
  for (const { bootId } of ended) rmSync(join(folder, `${bootId}${ENDING}`), { force: true });
  noteWorker(folder, boot);
}

/** The same for a folder that may not be writable, which must not keep a worker from serving. */
export function tryToOpenWorkerRecord(folder: string, boot: Boot): void {
  try {
    openWorkerRecord(folder, boot);
  } catch (error) {
    logger.warn({ message: `last words cannot be kept in ${folder}: ${messageOf(error)}`, error });
  }
}

/** Notes that there is such a worker, whose end has to be told. @throws Error of the file system. */
export function noteWorker(folder: string, boot: Boot): void {
  writeFileSync(join(folder, `${boot.bootId}${ENDING}`), JSON.stringify(boot), { mode: 0o600 });
  keepNewest(folder, ENDING, KEPT_FILES);
}

/** The last words of a worker; undefined if it left none that can be read. */
export function readLastWords(folder: string, bootId: string): LastWords | undefined {
  return readJson(join(folder, `${bootId}.json`)) as LastWords | undefined;
}

/** Those that are gone and of which nobody has told yet, oldest first. */
function endedWorkers(folder: string, { pmId, pid }: Boot): Boot[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .toSorted()
    .map(
      (name) =>
        (readJson(join(folder, name)) as Boot | undefined) ?? {
          bootId: basename(name, ENDING),
          pid: 0,
          pmId,
        },
    )
    .filter((boot) => boot.pmId === pmId && (boot.pid === pid || !isRunning(boot.pid)));
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process runs too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function tell(boot: Boot, words: LastWords | undefined): void {
  if (!words) {
    logger.warn({
      message: `the previous worker (pid ${boot.pid}) left no last words: it was killed, perhaps by the kernel because memory ran out`,
      previous: boot,
    });
    return;
  }
  const { bootId, pid, pmId, at, cause, exitCode, message, uptimeSeconds, request } = words;
  const line = {
    message: `the previous worker (pid ${pid}) ended after ${uptimeSeconds} s: ${cause}: ${message}`,
    previous: { bootId, pid, pmId, at, cause, exitCode, uptimeSeconds, request },
  };
  if (cause === 'asked') logger.log(line);
  else logger.warn(line);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
