import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { compareTimes } from './by-time.js';
import type { StoredFile } from './stored-file.js';

/** How long after a rotation a process may write to the old file, and how old a line may be when it is written. */
const LATE_MS = 10_000;

/** Behind the name of the log: `-2026-11-21T18-00-00.123Z-1.log.gz` */
const ROTATED = /^-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d(?:\.\d+)?Z)(?:-(\d+))?\.log(\.gz)?$/;

type NamedFile = Pick<StoredFile, 'path' | 'isCompressed' | 'rotatedAtMs'> & { readonly number: number };

/**
 * The rotated files of a log, the oldest first. One that is there as it was and compressed is told once, as it was: that one is whole.
 * @param path of the file that is written to, such as `…/combined.log`
 */
export async function findRotatedFiles(path: string): Promise<StoredFile[]> {
  const named = (await namedFiles(path)).toSorted(
    (one, other) =>
      compareTimes(one.rotatedAtMs, other.rotatedAtMs) ||
      one.number - other.number ||
      Number(one.isCompressed) - Number(other.isCompressed),
  );
  const once = named.filter((file, index) => named[index - 1]?.path !== file.path);
  return Promise.all(once.map((file, index) => withTimes(file, once[index - 1])));
}

/** A file by itself, whatever it is called. @throws Error if it is not there */
export async function findFile(path: string): Promise<StoredFile> {
  const { mtimeMs } = await stat(path);
  const isCompressed = path.endsWith('.gz');
  return {
    path: isCompressed ? path.slice(0, -3) : path,
    isCompressed,
    rotatedAtMs: Infinity,
    startsAtMs: -Infinity,
    endsAtMs: mtimeMs,
  };
}

/** Whether it is the file that a log is written to: others do not change, and are read by themselves. */
export function isCurrentFile(path: string): boolean {
  return path.endsWith('.log') && !/-\d{4}-\d\d-\d\dT[\d.-]+Z(-\d+)?\.log$/.test(path);
}

/** From when the lines may be that were written after the latest rotation. */
export function startAfter(rotated: Pick<StoredFile, 'rotatedAtMs'> | undefined): number {
  return rotated ? rotated.rotatedAtMs - LATE_MS : -Infinity;
}

async function namedFiles(path: string): Promise<NamedFile[]> {
  const folder = dirname(path);
  const log = basename(path, '.log');
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    if (!name.startsWith(log)) return [];
    const [, hour, minutes, seconds, number = '0', gz = ''] = ROTATED.exec(name.slice(log.length)) ?? [];
    if (hour === undefined) return [];
    return {
      path: join(folder, name.slice(0, name.length - gz.length)),
      isCompressed: gz !== '',
      rotatedAtMs: Date.parse(`${hour}:${minutes}:${seconds}`),
      number: Number(number),
    };
  });
}

async function withTimes(file: NamedFile, before: NamedFile | undefined): Promise<StoredFile> {
  return { ...file, startsAtMs: startAfter(before), endsAtMs: await endOf(file) };
}

/** Nobody writes to what is compressed. What is gone may be compressed by now. */
async function endOf({ path, isCompressed, rotatedAtMs }: NamedFile): Promise<number> {
  try {
    const { mtimeMs } = await stat(isCompressed ? `${path}.gz` : path);
    return isCompressed ? Math.min(rotatedAtMs + LATE_MS, mtimeMs) : mtimeMs;
  } catch {
    return Infinity;
  }
}
