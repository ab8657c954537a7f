import { basename, dirname, join } from 'node:path';
import { ServiceDoorError } from './service-door-error.js';

/**
 * `sun_path` in the system's headers: 108 bytes on Linux, 104 on macOS and the BSDs, the closing zero included. Node cuts
 * a longer path short without a word.
 */
const LONGEST_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/** Whose socket a file is. */
export interface SocketOwner {
  /** pm2's number of the worker; 0 outside pm2. */
  readonly pmId: number;
  readonly pid: number;
}

/** `<folder>/<app>-<pmId>.<pid>.sock`: during a reload the old and the new worker share pm2's number, but no pid. */
export function socketPath(folder: string, app: string, pmId: number | null, pid = process.pid): string {
  return join(folder, `${app}-${pmId ?? 0}.${pid}.sock`);
}

/** Whose socket of the app a file is by its name; undefined if it is of another app, or no socket of a worker. */
export function socketOwner(fileName: string, app: string): SocketOwner | undefined {
  const [, name, pmId, pid] = PATTERN.exec(fileName) ?? [];
  return name === app ? { pmId: Number(pmId), pid: Number(pid) } : undefined;
}

/** The parts of a path that {@link socketPath} made. @throws ServiceDoorError if it is none. */
export function splitSocketPath(path: string): { readonly folder: string; readonly app: string } {
  const [, app] = PATTERN.exec(basename(path)) ?? [];
  if (app === undefined) {
    throw new ServiceDoorError(
      `The service door cannot be at ${path}: the file must be called <app>-<pm_id>.<pid>.sock.`,
    );
  }
  return { folder: dirname(path), app };
}

/** @throws ServiceDoorError naming the path, if the system has no room for it. */
export function requireShortEnough(path: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes <= LONGEST_PATH_BYTES) return;
  throw new ServiceDoorError(
    `The service door cannot be at ${path}: the path of a socket may have ${LONGEST_PATH_BYTES} bytes, and this one has ${bytes}. Choose a folder with a shorter path.`,
  );
}

const PATTERN = /^(.+)-(\d+)\.(\d+)\.sock$/;
