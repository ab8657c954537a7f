import { readdir, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The files in the folder that some process has open, as far as this user can see. Only Linux tells. */
export async function openFilesIn(folder: string): Promise<Set<string>> {
  const beginning = (await realpath(folder)) + sep;
  const open = new Set<string>();
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const path of await openFilesOf(pid)) {
      if (path.startsWith(beginning)) open.add(path.slice(beginning.length));
    }
  }
  return open;
}

async function openFilesOf(pid: string): Promise<string[]> {
  const folder = join('/proc', pid, 'fd');
  // The process may have ended meanwhile, or be somebody else's; a descriptor may have been closed.
  const descriptors = await readdir(folder).catch(() => []);
  return Promise.all(descriptors.map((descriptor) => readlink(join(folder, descriptor)).catch(() => '')));
}
