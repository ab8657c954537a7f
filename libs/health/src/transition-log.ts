import { Logger } from '@nestjs/common';
import type { Outcome } from './shared-check.js';

/** One line when a probe goes down and one when it is up again, however often it is asked in between. */
export class TransitionLog {
  private readonly logger = new Logger('Health');
  private wasUp = true;

  constructor(private readonly probe: string) {}

  note({ isUp, details, error }: Outcome): void {
    if (isUp === this.wasUp) return;
    this.wasUp = isUp;
    const { probe } = this;
    if (isUp) this.logger.log({ message: `${probe} is up again`, probe });
    else this.logger.warn({ message: `${probe} is down: ${String(details['message'])}`, probe, error });
  }
}
