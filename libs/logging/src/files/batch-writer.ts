import sonicBoom from 'sonic-boom';
import { writeAllSync } from './write-all-sync.js';

// sonic-boom's own 100 ms let no more than 640 KiB a second through a pipe that is full now and then.
const FULL_PIPE_RETRY_MS = 10;

/** A write that failed after some of its bytes. */
export class BatchError extends Error {
  readonly code: string | undefined;

  constructor(
    cause: NodeJS.ErrnoException,
    readonly writtenBytes: number,
  ) {
    super(cause.message, { cause });
    this.code = cause.code;
  }
}

/** Writes batches to an open descriptor, one at a time. After a failure it is of no more use. */
export class BatchWriter {
  private readonly boom: InstanceType<typeof sonicBoom.SonicBoom>;
  private settle: ((error?: NodeJS.ErrnoException) => void) | undefined;
  private writtenBytes = 0;
  private isPipeFull = false;
  private waitsUntilMs = 0;
  private retryTimer: NodeJS.Timeout | undefined;

  constructor(private readonly fd: number) {
    this.boom = new sonicBoom.SonicBoom({
      fd,
      contentMode: 'buffer',
      retryEAGAIN: () => Date.now() < this.waitsUntilMs,
    });
    this.boom.on('write', (bytes: number) => (this.writtenBytes += bytes));
    this.boom.on('drain', () => this.settle?.());
    this.boom.on('error', (error: NodeJS.ErrnoException) => this.onError(error));
  }

  /** @throws BatchError */
  write(batch: Buffer): Promise<void> {
    this.writtenBytes = 0;
    return new Promise((resolve, reject) => {
      this.settle = (error) => {
        this.settle = undefined;
        if (error) reject(new BatchError(error, this.writtenBytes));
        else resolve();
      };
      // In its mode for buffers sonic-boom takes buffers; its types do not say so.
      this.boom.write(batch as unknown as string);
    });
  }

  /**
   * Writes at once, blocking. A write under way is with the thread pool and ends by itself, even during
   * `process.exit`; if it waits for a full pipe, it is ended here first.
   * @throws Error if it cannot be written, or not within that time
   */
  writeSync(lines: Buffer, timeoutMs: number): void {
    const untilMs = Date.now() + timeoutMs;
    if (this.isPipeFull) {
      clearTimeout(this.retryTimer);
      this.waitsUntilMs = untilMs;
      this.boom.flushSync();
      this.isPipeFull = false;
      this.settle?.();
    }
    writeAllSync(this.fd, lines, untilMs);
  }

  /** Closes the descriptor, unless it is that of stdout or stderr. */
  close(): void {
    clearTimeout(this.retryTimer);
    this.boom.destroy();
  }

  private onError(error: NodeJS.ErrnoException): void {
    if (error.code !== 'EAGAIN') {
      this.settle?.(error);
      return;
    }
    this.isPipeFull = true;
    this.retryTimer = setTimeout(() => {
      this.isPipeFull = false;
      this.boom.flush();
    }, FULL_PIPE_RETRY_MS).unref();
  }
}
