import { readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeWholeFile } from './whole-file.js';

/** Enough to see what goes wrong; the disk must not fill with them. */
const KEPT_FILES = 3;

/** Puts text that cannot be understood beside the file that it was in. @returns where. @throws Error of the file system. */
export function setTextAside(file: string, text: string, nowMs: number): string {
  const aside = asideOf(file, nowMs);
  writeWholeFile(aside, text);
  keepNewest(file);
  return aside;
}

/** Renames a file that cannot be understood. @returns where it is now. @throws Error of the file system. */
export function setFileAside(file: string, nowMs: number): string {
  const aside = asideOf(file, nowMs);
  renameSync(file, aside);
  keepNewest(file);
  return aside;
}

function asideOf(file: string, nowMs: number): string {
  return `${file}.corrupt-${new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')}`;
}

function keepNewest(file: string): void {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.corrupt-`));
  for (const name of names.toSorted().slice(0, -KEPT_FILES)) rmSync(join(folder, name), { force: true });
}
