import type { FileHandle } from 'node:fs/promises';
import { openLog, type OpenLog } from './open-log.js';
import type { ReadLine } from './read-line.js';
import type { ReadingOptions } from './reading-options.js';
import { storedLines } from './stored-lines.js';
import { TailedFile } from './tailed-file.js';
import { wantedLines } from './wanted-lines.js';

/** Processes go on with the file that was rotated until they have reopened theirs. */
const OLD_FILE_MS = 10_000;

/** What is written to a log from now on, whatever becomes of its file: rotated, emptied, removed, not there yet. */
export class LogTail {
  private current: TailedFile | undefined;
  private readonly old: { readonly file: TailedFile; readonly sinceMs: number }[] = [];
  private known: ReadonlySet<string>;
  private readonly path: string;

  /** @param bytes of the current file have been read already */
  constructor(
    { path, rotated, current }: OpenLog,
    bytes: number,
    private readonly options: ReadingOptions,
  ) {
    this.path = path;
    this.current = current && new TailedFile(current, bytes, options.isWanted);
    this.known = new Set(rotated.map((file) => file.path));
  }

  /** What has been written since. */
  async *newLines(): AsyncGenerator<readonly ReadLine[], void, undefined> {
    for (const { file } of this.old) yield* file.newLines();
    if (this.current) yield* this.current.newLines();
    const log = await this.replaced();
    if (log?.current) yield* this.goOnWith(log, log.current);
    while (this.old[0] && performance.now() - this.old[0].sinceMs > OLD_FILE_MS) {
      yield (await this.old.shift()?.file.close()) ?? [];
    }
  }

  async close(): Promise<void> {
    await this.current?.close();
    for (const { file } of this.old) await file.close();
  }

  /** @returns the log if another file than before is written to by now */
  private async replaced(): Promise<OpenLog | undefined> {
    try {
      return (await this.current?.isAt(this.path)) ? undefined : await openLog(this.path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // Between two files, or removed.
      if (code !== 'ENOENT') this.options.onUnreadable(`${this.path} cannot be read: ${message}.`);
      return undefined;
    }
  }

  /** Also with what was written and rotated since the last look: the first of those is the file that was read until now. */
  private async *goOnWith(
    { rotated }: OpenLog,
    current: FileHandle,
  ): AsyncGenerator<readonly ReadLine[], void, undefined> {
    const { isWanted } = this.options;
    const unknown = rotated.filter(({ path }) => !this.known.has(path));
    this.known = new Set(rotated.map(({ path }) => path));
    for (const file of this.current ? unknown.slice(1) : unknown) {
      yield* wantedLines(storedLines(file, this.options), isWanted);
    }
    if (this.current) this.old.push({ file: this.current, sinceMs: performance.now() });
    this.current = new TailedFile(current, 0, isWanted);
    yield* this.current.newLines();
  }
}
