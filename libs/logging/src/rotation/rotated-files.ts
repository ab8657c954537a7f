import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './missing-file.js';
import { readRotatedName, type RotatedName } from './rotated-name.js';

export interface RotatedFile extends RotatedName {
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, renamed or otherwise touched. */
  readonly changedAtMs: number;
}

/** The rotated files of these names, the oldest first. */
export async function listRotatedFiles(folder: string, names: readonly string[]): Promise<RotatedFile[]> {
  const files: RotatedFile[] = [];
  for (const fileName of (await unlessMissing(readdir(folder))) ?? []) {
    const rotated = readRotatedName(fileName);
    if (rotated === undefined || !names.includes(rotated.of)) continue;
    const path = join(folder, fileName);
    const stats = await unlessMissing(stat(path));
    // An empty one only keeps its name for a file that is about to be renamed.
    if (stats?.size) files.push({ ...rotated, path, bytes: stats.size, changedAtMs: stats.ctimeMs });
  }
  return files.toSorted((a, b) => (a.order < b.order ? -1 : 1));
}

const UNFINISHED = /\.log\.gz\.[\da-f-]{36}\.tmp$/;
// No compression takes that long without writing.
const ABANDONED_AFTER_MS = 600_000;

/** Removes what compressions left behind that were broken off by the end of their process. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const fileName of (await unlessMissing(readdir(folder))) ?? []) {
    if (!UNFINISHED.test(fileName)) continue;
    const path = join(folder, fileName);
    const stats = await unlessMissing(stat(path));
    if (stats && Date.now() - stats.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}
