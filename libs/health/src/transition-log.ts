import { Logger } from '@nestjs/common';
import { ProbeFailure } from './probe.js';
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
    if (isUp) {
      this.logger.log({ message: `${probe} is up again`, probe });
      return;
    }
    // One that says itself why it is down has said all; its stack would only look like an alarm.
    const cause = error instanceof ProbeFailure ? {} : { error };
    this.logger.warn({ message: `${probe} is down: ${String(details['message'])}`, probe, ...cause });
  }
}
