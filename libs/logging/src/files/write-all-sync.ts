import { writeSync } from 'node:fs';

const RETRY_MS = 10;
const nobody = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of it, blocking; a pipe that is full is waited for.
 * @throws Error if it cannot be written, or not until then
 */
export function writeAllSync(fd: number, bytes: Buffer, untilMs: number): void {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || Date.now() >= untilMs) throw error;
      Atomics.wait(nobody, 0, 0, RETRY_MS);
    }
  }
}
