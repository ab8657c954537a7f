import { closeSync } from 'node:fs';
import { BatchError, BatchWriter } from './batch-writer.js';
import { identityAt, openTarget, openTargetSync, type LogTarget } from './log-target.js';
import { inTurn } from './pool-turns.js';
import { writeAllSync } from './write-all-sync.js';

const STALLED_AFTER_MS = 1000;
const NEWLINE = Buffer.from('\n');

/** Appends batches of lines to a target, which it opens when there is something to write. */
export class Appender {
  private writer: BatchWriter | undefined;
  private identity: string | undefined;
  private busySinceMs: number | undefined;
  private isUnderWay = false;
  private mustReopen = false;
  private isTorn = false;

  constructor(private readonly target: LogTarget) {}

  /** Whether a batch is with the thread pool by now; it is written even if the process exits. */
  get isWriting(): boolean {
    return this.isUnderWay;
  }

  /**
   * Not to be called again before it has settled.
   * @param next called when the target is open, for what is to be written then
   * @returns how many bytes of it were written
   * @throws BatchError with that number, or what kept the target from being opened; another call opens it anew
   */
  async append(next: () => Buffer | undefined): Promise<number> {
    this.busySinceMs = Date.now();
    try {
      return await inTurn(() => this.openAndWrite(next));
    } finally {
      this.busySinceMs = undefined;
      if (this.mustReopen) this.close();
    }
  }

  /** @throws Error if it cannot be written, not within that time, or if a write is under way that does not end */
  appendSync(lines: Buffer, timeoutMs: number): void {
    if (this.busySinceMs !== undefined && Date.now() - this.busySinceMs > STALLED_AFTER_MS) {
      throw new Error('a write does not come to an end');
    }
    const whole = this.isTorn ? Buffer.concat([NEWLINE, lines]) : lines;
    this.isTorn = true;
    if (this.writer) this.writer.writeSync(whole, timeoutMs);
    else if (lines.length > 0) this.openAndWriteSync(whole, timeoutMs);
    this.isTorn = false;
  }

  /** Opens the target anew for the next batch. */
  reopen(): void {
    this.close();
  }

  /** Opens it anew if its name is by now that of another file or of none, as after a rotation. */
  async reopenIfMoved(): Promise<void> {
    const { identity, target } = this;
    if (typeof target !== 'string' || identity === undefined || this.busySinceMs !== undefined) return;
    const now = await inTurn(() => identityAt(target));
    if (now !== identity && identity === this.identity) this.reopen();
  }

  /** A write under way goes to its end first. */
  close(): void {
    this.mustReopen = this.busySinceMs !== undefined;
    if (this.mustReopen) return;
    this.identity = undefined;
    this.writer?.close();
    this.writer = undefined;
  }

  private async openAndWrite(next: () => Buffer | undefined): Promise<number> {
    this.writer ??= await this.open();
    const batch = next();
    if (batch === undefined) return 0;
    // A write that failed may have left a piece of a line; what begins a line of its own stays whole.
    const lead = this.isTorn ? 1 : 0;
    this.isUnderWay = true;
    try {
      await this.writer.write(lead ? Buffer.concat([NEWLINE, batch]) : batch);
    } catch (error) {
      this.isTorn = true;
      this.mustReopen = true;
      const { cause, writtenBytes } = error as BatchError;
      throw new BatchError(cause as Error, Math.max(0, writtenBytes - lead));
    } finally {
      this.isUnderWay = false;
    }
    if (lead) this.isTorn = false;
    return batch.length;
  }

  private async open(): Promise<BatchWriter> {
    const { fd, identity, isEmpty } = await openTarget(this.target);
    this.identity = identity;
    if (isEmpty) this.isTorn = false;
    return new BatchWriter(fd);
  }

  private openAndWriteSync(lines: Buffer, timeoutMs: number): void {
    const fd = openTargetSync(this.target);
    try {
      writeAllSync(fd, lines, Date.now() + timeoutMs);
    } finally {
      if (fd > 2) closeSync(fd);
    }
  }
}
