import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './missing-file.js';
import { rotatedName } from './rotated-name.js';

const MILLISECONDS_OF_A_DAY = 24 * 60 * 60 * 1000;

/** Whether the file has reached its size, or was begun on an earlier day (UTC). */
export async function isRotationDue(path: string, maxBytes: number, now: Date): Promise<boolean> {
  const stats = await unlessMissing(stat(path));
  if (stats === undefined || !stats.isFile() || stats.size === 0) return false;
  // Some file systems do not know when a file was made.
  const begunAtMs = stats.birthtimeMs || stats.mtimeMs;
  return stats.size >= maxBytes || dayOf(begunAtMs) < dayOf(now.getTime());
}

/** Renames the file to what rotated files are called, never over another one. */
export async function rotateFile(folder: string, fileName: string, now: Date): Promise<void> {
  const rotated = await claimName(folder, fileName, now);
  try {
    await rename(join(folder, fileName), rotated);
  } catch (error) {
    // Another process was faster; what it left under this name is empty.
    await rm(rotated);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** `rename` replaces what has the name; so a name is first made one's own with an empty file. */
async function claimName(folder: string, fileName: string, now: Date): Promise<string> {
  for (let number = 0; ; number += 1) {
    const path = join(folder, rotatedName(fileName, now, number));
    if (!(await isMadeAnew(path))) continue;
    // Not before: a file that is being compressed makes its name free only once it has the other one.
    if (!(await unlessMissing(stat(`${path}.gz`)))) return path;
    await rm(path);
  }
}

async function isMadeAnew(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function dayOf(milliseconds: number): number {
  return Math.floor(milliseconds / MILLISECONDS_OF_A_DAY);
}
