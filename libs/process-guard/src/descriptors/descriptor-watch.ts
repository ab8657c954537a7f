import { Logger } from '@nestjs/common';
import { readDescriptors, type Descriptors } from './read-descriptors.js';

/** Above this part of the limit somebody forgets to close them; what is left has to last until a replacement serves. */
const MANY = 0.75;
/** Looks in a row: a burst of clients passes. */
const LOOKS = 3;

/**
 * Watches how many file descriptors the process has open. Without one it takes no new connection, while its old ones still say that
 * all is well; so it asks to be replaced before.
 */
export class DescriptorWatch {
  private readonly logger = new Logger('DescriptorWatch');
  private looksAbove = 0;
  private isLooking = false;
  private currentReason: string | null = null;

  /** @param read resolves with null where it cannot be known */
  constructor(private readonly read: () => Promise<Descriptors | null> = readDescriptors) {}

  /** Why the worker has to be replaced; null if it has not. */
  get reason(): string | null {
    return this.currentReason;
  }

  /** To be called once a second. Never rejects. */
  async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      this.judge(await this.read());
    } finally {
      this.isLooking = false;
    }
  }

  private judge(descriptors: Descriptors | null): void {
    const before = this.currentReason;
    this.currentReason = descriptors && this.reasonOf(descriptors);
    if (before === null && this.currentReason !== null) this.logger.warn(this.currentReason);
    if (before !== null && this.currentReason === null) this.logger.log('enough file descriptors are free');
  }

  private reasonOf({ open, limit }: Descriptors): string | null {
    if (open >= limit) return `All of ${limit} file descriptors are open.`;
    this.looksAbove = open >= limit * MANY ? this.looksAbove + 1 : 0;
    return this.looksAbove >= LOOKS ? `${open} of ${limit} file descriptors are open.` : null;
  }
}
