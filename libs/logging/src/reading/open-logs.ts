import { findFile, isCurrentFile } from './find-log-files.js';
import { openLog, type OpenLog } from './open-log.js';
import type { ReadingOptions } from './reading-options.js';
import type { StoredFile } from './stored-file.js';

export interface OpenLogs {
  readonly logs: readonly OpenLog[];
  /** Each of them once, the rotated ones of the logs among them. */
  readonly stored: readonly StoredFile[];
}

export async function openLogs(
  paths: readonly string[],
  onUnreadable: ReadingOptions['onUnreadable'],
): Promise<OpenLogs> {
  const logs: OpenLog[] = [];
  const files: StoredFile[] = [];
  for (const path of new Set(paths)) {
    try {
      if (isCurrentFile(path)) logs.push(await openLog(path));
      else files.push(await findFile(path));
    } catch (error) {
      onUnreadable(`${path} cannot be read: ${(error as Error).message}.`);
    }
  }
  for (const { path, rotated, current } of logs) {
    if (!current && rotated.length === 0) onUnreadable(`There is no ${path}.`);
  }
  const all = [...logs.flatMap(({ rotated }) => rotated), ...files];
  const stored = all.filter((file, index) => all.findIndex(({ path }) => path === file.path) === index);
  return { logs, stored };
}
