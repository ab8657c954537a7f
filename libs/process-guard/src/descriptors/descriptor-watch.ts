import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Patience, Shortage } from '../recycling/shortage.js';
import { readDescriptors, type Descriptors } from './read-descriptors.js';

/** Above this part of the limit what is left has to last until a replacement serves. */
const MANY = 0.75;
/** Looks in a row: a burst passes. */
const LOOKS = 3;
/** Above this part it does not wait for a replacement, but only for its turn. */
const NEARLY_ALL = 0.95;
/** A burst may take all of them for a moment. */
const LOOK_AGAIN_MS = 250;
/** Who has so many open for anything but its clients forgets to close them; else it has many clients, and so would its replacement. */
const FORGOTTEN = 0.25;

/**
 * Watches how many file descriptors the process has open. Without one it takes connections only to end them, while those that it has
 * say that all is well; so it asks to be replaced before. Where clients have them it only warns.
 */
export class DescriptorWatch {
  private readonly logger = new Logger('DescriptorWatch');
  private looksAbove = 0;
  private isLooking = false;
  private latest: Shortage | null = null;
  private told: 'forgotten' | 'clients' | null = null;

  /**
   * @param clients how many connections of clients there are
   * @param read resolves with null where it cannot be known
   * @param pause resolves when it is time to look again
   */
  constructor(
    private readonly clients: () => number,
    private readonly read: () => Promise<Descriptors | null> = readDescriptors,
    private readonly pause: () => Promise<unknown> = () => delay(LOOK_AGAIN_MS, undefined, { ref: false }),
  ) {}

  /** Why the worker has to be replaced; null if it has not. */
  get shortage(): Shortage | null {
    return this.latest;
  }

  /** To be called once a second. What cannot be known changes nothing. Never rejects. */
  async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const descriptors = await this.readTwiceIfExhausted();
      if (descriptors) this.judge(descriptors);
    } finally {
      this.isLooking = false;
    }
  }

  private async readTwiceIfExhausted(): Promise<Descriptors | null> {
    const descriptors = await this.read();
    if (!descriptors || descriptors.open < descriptors.limit) return descriptors;
    await this.pause();
    return this.read();
  }

  private judge({ open, limit }: Descriptors): void {
    const clients = this.clients();
    this.looksAbove = open >= limit * MANY ? this.looksAbove + 1 : 0;
    const areMany = open >= limit || this.looksAbove >= LOOKS;
    const areForgotten = open - clients >= limit * FORGOTTEN;
    const reason = `${open} of ${limit} file descriptors are open, ${clients} of them for clients.`;
    this.latest =
      areMany && areForgotten
        ? {
            cause: 'descriptors',
            reason,
            waitsFor: patienceWith(open / limit),
            evidence: { openDescriptors: open, descriptorLimit: limit, clients },
          }
        : null;
    if (!areMany) this.tell(null, 'enough file descriptors are free');
    else if (areForgotten) this.tell('forgotten', reason);
    else this.tell('clients', `${reason} A higher limit (ulimit -n) has room for more.`);
  }

  /** Each once, until it changes. */
  private tell(what: typeof this.told, message: string): void {
    if (what === this.told) return;
    this.told = what;
    if (what) this.logger.warn(message);
    else this.logger.log(message);
  }
}

function patienceWith(openShare: number): Patience {
  if (openShare >= 1) return 'nothing';
  return openShare >= NEARLY_ALL ? 'turn' : 'supervisor';
}
