import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

// O_WRONLY or O_RDWR.
const WRITING = 0b11;

/** The files in the folder that some process has open to write, as far as this user can see. Only Linux tells. */
export async function filesBeingWritten(folder: string): Promise<Set<string>> {
  const beginning = (await realpath(folder)) + sep;
  const written = new Set<string>();
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const [descriptor, path] of await openFilesOf(pid)) {
      if (!path.startsWith(beginning)) continue;
      // Somebody who follows a file may have it open for days.
      if (await isWriting(pid, descriptor)) written.add(path.slice(beginning.length));
    }
  }
  return written;
}

async function openFilesOf(pid: string): Promise<(readonly [descriptor: string, path: string])[]> {
  const folder = join('/proc', pid, 'fd');
  // The process may have ended meanwhile, or be somebody else's; a descriptor may have been closed.
  const descriptors = await readdir(folder).catch(() => []);
  return Promise.all(
    descriptors.map(
      async (descriptor) => [descriptor, await readlink(join(folder, descriptor)).catch(() => '')] as const,
    ),
  );
}

async function isWriting(pid: string, descriptor: string): Promise<boolean> {
  const info = await readFile(join('/proc', pid, 'fdinfo', descriptor), 'utf8').catch(() => '');
  const [, flags = ''] = /^flags:\s*(\d+)/m.exec(info) ?? [];
  return (parseInt(flags, 8) & WRITING) !== 0;
}
