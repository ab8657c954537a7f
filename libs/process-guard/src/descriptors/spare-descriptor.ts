import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** A file descriptor that is kept back, so that a process that has no other left can still write down why it ends. */
export class SpareDescriptor {
  private descriptor: number | undefined;

  constructor() {
    this.take();
  }

  /** Runs `use` while there is one to be had for whatever it opens and closes again. */
  lend<Result>(use: () => Result): Result {
    this.release();
    try {
      return use();
    } finally {
      this.take();
    }
  }

  release(): void {
    const { descriptor } = this;
    this.descriptor = undefined;
    try {
      if (descriptor !== undefined) closeSync(descriptor);
    } catch {
      // Somebody has closed what was not theirs. So it is free.
    }
  }

  private take(): void {
    try {
      this.descriptor = openSync(devNull, 'r');
    } catch {
      // Another thread was faster. There is nothing that could be done instead.
    }
  }
}
