import { constants, fstat, fstatSync, mkdirSync, open, openSync, stat, type Stats } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** Where lines go: a file by its path, or stdout or stderr. */
export type LogTarget = string | { readonly fd: 1 | 2 };

/** A target that is open. */
export interface OpenLog {
  readonly fd: number;
  readonly isEmpty: boolean;
  /** Of the file, whatever its name is by now. */
  readonly identity: string;
}

// Without O_NONBLOCK a pipe that nobody reads keeps a thread of the pool, and `process.exit` waits for that thread.
const FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);
// What a service logs is not for every user of the machine.
const MODE = 0o640;

// What several processes write to one pipe stays whole up to PIPE_BUF, and to one file whatever its size. There,
// more would gain little, and a process that is killed in the middle of a write leaves a torn line.
const PIPE_BATCH_BYTES = 4096;
const FILE_BATCH_BYTES = 16 * 1024;

const openFile = promisify(open);
const statOpen = promisify(fstat);
const statPath = promisify(stat);

export function batchBytesFor(target: LogTarget): number {
  return typeof target === 'string' || fstatSync(target.fd).isFile() ? FILE_BATCH_BYTES : PIPE_BATCH_BYTES;
}

/** Opens it for appending and makes its folder if there is none. */
export async function openTarget(target: LogTarget): Promise<OpenLog> {
  const fd = typeof target === 'string' ? await openPath(target) : withoutBlocking(target.fd);
  const stats = await statOpen(fd);
  return { fd, isEmpty: stats.size === 0, identity: identityOf(stats) };
}

/** As `openTarget`, blocking. */
export function openTargetSync(target: LogTarget): number {
  if (typeof target !== 'string') return withoutBlocking(target.fd);
  mkdirSync(dirname(target), { recursive: true });
  return openSync(target, FLAGS, MODE);
}

/** What the file of that name is now; absent if there is none. */
export async function identityAt(path: string): Promise<string | undefined> {
  try {
    return identityOf(await statPath(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function openPath(path: string): Promise<number> {
  try {
    return await openFile(path, FLAGS, MODE);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(path), { recursive: true });
    return openFile(path, FLAGS, MODE);
  }
}

/** Node makes a pipe or a socket non-blocking when it makes its own stream of it, which happens on first use. */
function withoutBlocking(fd: 1 | 2): number {
  void (fd === 1 ? process.stdout : process.stderr);
  return fd;
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
