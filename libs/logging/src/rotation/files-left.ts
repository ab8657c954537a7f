import { filesBeingWritten } from './files-being-written.js';
import type { RotatedFile } from './rotated-files.js';

// A process opened the file just before it was renamed and may not have been seen with it yet.
const QUIET_MS = 2000;
// Where nothing tells who has a file open: longer than any process takes to notice that its file was renamed.
const QUIET_UNSEEN_MS = 60_000;

/** Those of the rotated files to which nobody writes any more. */
export async function filesLeftByAll(folder: string, files: readonly RotatedFile[]): Promise<RotatedFile[]> {
  const quietFor = (milliseconds: number) =>
    files.filter(({ changedAtMs }) => Date.now() - changedAtMs >= milliseconds);
  if (process.platform !== 'linux') return quietFor(QUIET_UNSEEN_MS);
  const quiet = quietFor(QUIET_MS);
  if (quiet.length === 0) return [];
  const written = await filesBeingWritten(folder);
  return quiet.filter(({ fileName }) => !written.has(fileName));
}
