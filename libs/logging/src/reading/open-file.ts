import { open, type FileHandle } from 'node:fs/promises';

/** @returns undefined if there is no such file @throws Error if it cannot be read */
export async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
