import type { FileHandle } from 'node:fs/promises';
import { findRotatedFiles } from './find-log-files.js';
import { openIfThere } from './open-file.js';
import type { StoredFile } from './stored-file.js';

/** A log as it was at one moment: its rotated files, and the file that is written to. */
export interface OpenLog {
  readonly path: string;
  readonly rotated: readonly StoredFile[];
  /** Undefined if there is none. */
  readonly current: FileHandle | undefined;
}

/** @throws Error if the file is there and cannot be read */
export async function openLog(path: string): Promise<OpenLog> {
  for (;;) {
    const before = await findRotatedFiles(path);
    const current = await openIfThere(path);
    const rotated = await findRotatedFiles(path);
    // Otherwise it was rotated meanwhile, and lines would be missed or read twice.
    if (rotated.at(-1)?.path === before.at(-1)?.path) return { path, rotated, current };
    await current?.close();
  }
}
