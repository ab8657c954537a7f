import { basename } from 'node:path';
import { atExit } from '../at-exit.js';
import { tellOnStderr } from '../tell-on-stderr.js';
import { Appender } from './appender.js';
import { BatchError } from './batch-writer.js';
import { FlushWaiters } from './flush-waiters.js';
import { LineQueue, type LineWeight } from './line-queue.js';
import { LOG_FILE_DEFAULTS, type LogFileOptions } from './log-file-options.js';
import { batchBytesFor, type LogTarget } from './log-target.js';
import { LossCount, type Losses } from './losses.js';

// A disk that is full or gone is back when somebody has seen to it; a process logs on for long before its queue is full.
const RETRY_MS = 1000;
const LOOK_EVERY_MS = 1000;
// Long enough for a slow disk; a reader that stopped reading must not keep the process from exiting.
const FLUSH_TIMEOUT_MS = 1000;
const TELL_EVERY_MS = 60_000;

/**
 * Appends whole lines to a file that many processes may append to. It never throws, never waits and holds a bounded
 * number of bytes: what it can neither write nor hold is lost, counted, and told in the file once that takes lines.
 */
export class LogFile {
  private readonly name: string;
  private readonly options: Required<LogFileOptions>;
  private readonly queue: LineQueue;
  private readonly appender: Appender;
  private readonly losts: LossCount;
  private readonly waiters = new FlushWaiters();
  private readonly stopLooking: () => void;
  private readonly stopFlushingAtExit: () => void;
  private isDelivering = false;
  private isUrgent = false;
  private isClosed = false;
  private isLooking = false;
  private failure: Error | undefined;
  private toldAtMs = Number.NEGATIVE_INFINITY;
  /** Until lines are written although they fill no batch, or until a failed write is tried again. */
  private timer: NodeJS.Timeout | undefined;

  constructor(target: LogTarget, options: LogFileOptions = {}) {
    this.name = typeof target === 'string' ? basename(target) : `descriptor ${target.fd}`;
    this.options = { ...LOG_FILE_DEFAULTS, ...options };
    this.queue = new LineQueue(this.options.maxQueuedBytes, batchBytesFor(target));
    this.appender = new Appender(target);
    this.losts = new LossCount(this.name);
    const looking = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    this.stopLooking = () => clearInterval(looking);
    this.stopFlushingAtExit = atExit(() => this.flushSync());
  }

  /** What could not be written since the process began. */
  get losses(): Losses {
    return this.losts.all;
  }

  /** @param line ended by a newline, its only one */
  write(line: string, weight: LineWeight): void {
    const bytes = Buffer.byteLength(line);
    if (this.isClosed || !this.queue.add(line, bytes, weight)) {
      this.losts.add(1, bytes, this.whyLost());
      return;
    }
    this.waiters.accept(bytes);
    if (weight === 'important') this.isUrgent = true;
    if (this.failure === undefined) this.schedule();
  }

  /** Resolves once every line written so far has left the process, at the latest after a second. */
  async flush(): Promise<void> {
    this.isUrgent = this.queue.bytes > 0;
    void this.deliver();
    await this.waiters.wait(FLUSH_TIMEOUT_MS);
  }

  /**
   * Writes at once what waits, blocking for a second at most unless the disk hangs; for handlers of crashes. A write
   * under way ends by itself. It is called by itself when the process exits.
   */
  flushSync(): void {
    const lines = this.takeLines();
    try {
      this.appender.appendSync(lines, FLUSH_TIMEOUT_MS);
    } catch (error) {
      this.losts.add(countLines(lines), lines.length, (error as Error).message);
    }
  }

  /** Opens the file of that name anew, for example after a rotation. */
  reopen(): void {
    this.appender.reopen();
  }

  /** Flushes and closes; lines that come later are lost and counted. */
  async close(): Promise<void> {
    await this.flush();
    this.isClosed = true;
    this.stopLooking();
    this.stopFlushingAtExit();
    clearTimeout(this.timer);
    const left = this.takeLines();
    this.losts.add(countLines(left), left.length, this.whyLost());
    this.appender.close();
  }

  /** Takes out of the queue what is not being written. */
  private takeLines(): Buffer {
    const lines = this.queue.takeAllBut(this.appender.isWriting ? 1 : 0);
    this.waiters.settle(lines.length);
    return lines;
  }

  private schedule(): void {
    if (this.isDelivering) return;
    if (this.isUrgent || this.queue.hasFullBatch) void this.deliver();
    else this.timer ??= setTimeout(() => void this.deliver(), this.options.maxDelayMs).unref();
  }

  private async deliver(): Promise<void> {
    if (this.isDelivering) return;
    this.isDelivering = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      await this.deliverBatches();
    } catch (error) {
      this.onFailure(error as Error);
    } finally {
      this.isDelivering = false;
    }
    if (this.failure === undefined && this.queue.bytes > 0) this.schedule();
  }

  private async deliverBatches(): Promise<void> {
    while (this.queue.bytes > 0) {
      const writtenBytes = await this.appender.append(() => this.queue.first());
      this.waiters.settle(this.queue.removeWritten(writtenBytes));
      this.failure = undefined;
      this.tellLosses();
      if (this.queue.bytes === 0) this.isUrgent = false;
      if (!this.isUrgent && !this.queue.hasFullBatch) return;
    }
  }

  private onFailure(error: Error): void {
    if (error instanceof BatchError) this.waiters.settle(this.queue.removeWritten(error.writtenBytes));
    this.failure = error;
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.deliver(), RETRY_MS).unref();
    if (Date.now() - this.toldAtMs < TELL_EVERY_MS) return;
    this.toldAtMs = Date.now();
    tellOnStderr(`${this.name} cannot be written, trying again every second: ${error.message}`);
  }

  /** Not before there is room again: under steady overload it would be told all the time. */
  private tellLosses(): void {
    if (!this.losts.isUntold || this.queue.bytes > this.options.maxQueuedBytes / 2) return;
    const report = this.losts.tell();
    if (report) this.write(this.options.lossLine(report), 'important');
  }

  private whyLost(): string {
    if (this.isClosed) return 'they were written after the file was closed';
    return this.failure?.message ?? 'they came faster than they could be written';
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    // The next write tells what is wrong.
    await this.appender.reopenIfMoved().catch(() => undefined);
    this.isLooking = false;
  }
}

function countLines(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
