import { access, constants, stat } from 'node:fs/promises';
import { messageOf } from './system-error.js';

/** What stands in the way of reading these files, a sentence for each that cannot be read, and their size in bytes. */
export async function inspectFiles(
  files: readonly string[],
): Promise<{ readonly problems: readonly string[]; readonly bytes: number }> {
  const problems: string[] = [];
  let bytes = 0;
  for (const file of files) {
    try {
      const found = await stat(file);
      await access(file, constants.R_OK);
      if (found.isDirectory()) problems.push(`${file} is a folder.`);
      bytes += found.size;
    } catch (error) {
      problems.push(`${file} cannot be read: ${messageOf(error)}.`);
    }
  }
  return { problems, bytes };
}
