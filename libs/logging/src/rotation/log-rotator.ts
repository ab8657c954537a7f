import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { compressFile } from './compress-file.js';
import { filesLeftByAll } from './files-left.js';
import { LOG_ROTATOR_DEFAULTS, type LogRotatorOptions } from './log-rotator-options.js';
import { filesToPrune } from './prune.js';
import { isRotationDue, rotateFile } from './rotate-file.js';
import { listRotatedFiles, removeLeftovers } from './rotated-files.js';

const CHECK_EVERY_MS = 1000;
// A full disk is not to be written to with every check.
const RETRY_UPKEEP_MS = 60_000;

/**
 * Rotates log files by size and by day (UTC), compresses what was rotated once nobody writes to it any more, and
 * removes the oldest. Whoever writes the files has to notice that they were renamed, as `LogFile` does. One process
 * is to do this; a second one by mistake loses nothing.
 */
export class LogRotator {
  private readonly options: Required<LogRotatorOptions>;
  private readonly logger = new Logger(LogRotator.name);
  private readonly stopping = new AbortController();
  private readonly failing = new Set<string>();
  private checking: Promise<void> | undefined;
  /** When to see to the rotated files; what an earlier process left undone is seen to at once. */
  private upkeepAtMs = 0;

  constructor(options: LogRotatorOptions) {
    this.options = { ...LOG_ROTATOR_DEFAULTS, ...options };
  }

  /** Checks every second. @returns what stops it; a compression that it breaks off is done again after the next start */
  start(): () => Promise<void> {
    const timer = setInterval(() => void this.check(), CHECK_EVERY_MS).unref();
    return async () => {
      clearInterval(timer);
      this.stopping.abort();
      await this.checking;
    };
  }

  /** Does what is due. It never throws: errors are logged once, and what failed is tried again. */
  check(now = new Date()): Promise<void> {
    this.checking ??= this.doWhatIsDue(now).finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async doWhatIsDue(now: Date): Promise<void> {
    for (const fileName of this.options.fileNames) {
      await this.attempt(`rotating ${fileName}`, () => this.rotateIfDue(fileName, now));
    }
    if (Date.now() < this.upkeepAtMs) return;
    this.upkeepAtMs = Date.now() + RETRY_UPKEEP_MS;
    await this.attempt('compressing and removing rotated files', () => this.keepUp());
  }

  private async rotateIfDue(fileName: string, now: Date): Promise<void> {
    const { folder, maxBytes } = this.options;
    if (!(await isRotationDue(join(folder, fileName), maxBytes, now))) return;
    await rotateFile(folder, fileName, now);
    this.upkeepAtMs = 0;
  }

  private async keepUp(): Promise<void> {
    await removeLeftovers(this.options.folder);
    // First, for the compression may need the room.
    await this.prune();
    const { folder, fileNames } = this.options;
    const files = (await listRotatedFiles(folder, fileNames)).filter(({ isCompressed }) => !isCompressed);
    const left = await filesLeftByAll(folder, files);
    for (const { path } of left) await compressFile(path, this.stopping.signal);
    this.upkeepAtMs = left.length === files.length ? Number.POSITIVE_INFINITY : 0;
  }

  private async prune(): Promise<void> {
    const files = await listRotatedFiles(this.options.folder, this.options.fileNames);
    for (const { path } of filesToPrune(files, this.options)) await rm(path, { force: true });
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failing.delete(what);
    } catch (error) {
      if (this.failing.has(what) || this.stopping.signal.aborted) return;
      this.failing.add(what);
      this.logger.warn(`${what} failed and will be tried again`, error);
    }
  }
}
