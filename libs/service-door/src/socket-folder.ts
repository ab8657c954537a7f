import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { socketOwner } from './socket-path.js';

const OWNER_ONLY = 0o700;

/** Makes the folder, or closes it to other users if they could look into it. */
export async function closeToOthers(folder: string): Promise<void> {
  // Parents keep the usual mode: other things may live there.
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
  const { mode } = await stat(folder);
  if ((mode & 0o777) !== OWNER_ONLY) await chmod(folder, OWNER_ONLY);
}

/**
 * Removes the sockets that workers of the app left behind when they were killed. Those of living processes stay, and so
 * does one at which somebody answers: in a folder that containers share, its owner may be out of sight.
 * @returns the names of those removed
 */
export async function removeStaleSockets(folder: string, app: string): Promise<string[]> {
  const files = await readdir(folder);
  const removed = await Promise.all(
    files.map(async (file) => {
      const owner = socketOwner(file, app);
      const path = join(folder, file);
      // One with the own pid is of an earlier process: this one has none yet.
      if (!owner || (owner.pid !== process.pid && isAlive(owner.pid))) return [];
      if (await isAnswered(path)) return [];
      await rm(path, { force: true });
      return [file];
    }),
  );
  return removed.flat();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Refused is the one answer that proves that nobody is there. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED'));
  });
}
