import { readdir, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

// A process opened the file before it was renamed and may not have been seen with it yet.
const QUIET_MS = 2000;
// Longer than any process takes to notice that its file was renamed.
const QUIET_WITHOUT_PROC_MS = 60_000;

/** Whether nobody writes to the rotated file any more, as far as this user can see. */
export async function isLeftByAll(path: string, quietMs: number): Promise<boolean> {
  if (process.platform !== 'linux') return quietMs >= QUIET_WITHOUT_PROC_MS;
  return quietMs >= QUIET_MS && !(await isOpenSomewhere(await realpath(path)));
}

/** Looks through the descriptors of all processes that this user may look at. */
async function isOpenSomewhere(path: string): Promise<boolean> {
  for (const pid of await readdir('/proc')) {
    if (/^\d+$/.test(pid) && (await isOpenIn(pid, path))) return true;
  }
  return false;
}

async function isOpenIn(pid: string, path: string): Promise<boolean> {
  const folder = join('/proc', pid, 'fd');
  // It has ended meanwhile, or belongs to somebody else.
  const descriptors = await readdir(folder).catch(() => []);
  for (const descriptor of descriptors) {
    if ((await readlink(join(folder, descriptor)).catch(() => '')) === path) return true;
  }
  return false;
}
