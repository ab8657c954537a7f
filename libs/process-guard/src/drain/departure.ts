import { Logger } from '@nestjs/common';
import type { End } from '../last-words/compose-last-words.js';
import { messageOf } from '../thrown.js';
import type { DrainOutcome } from './lame-duck.js';

/**
 * How long the modules may take to close after the drain. With the drain it has to stay below the time after which pm2
 * kills: ecosystem.config.js gives 5 s more than the drain.
 */
const CLOSE_TIMEOUT_MS = 3000;
/** A disk that does not answer must not keep the process. */
const LAST_ACT_TIMEOUT_MS = 60_000;
/** A log that cannot be written must not keep the process. */
const FLUSH_TIMEOUT_MS = 1000;

/** One way out for the whole process: a start that fails because of it is no failure. */
let leaving = false;

/** Whether this process is on its way out. */
export function isLeaving(): boolean {
  return leaving;
}

/** What a departure consists of, in this order. */
export interface DepartureSteps {
  readonly drainTimeoutMs: number;
  writeLastWords(end: End): void;
  drain(): Promise<DrainOutcome>;
  /** Nest's hooks: databases and the like. */
  closeApplication(): Promise<void>;
  flushLogs(): Promise<void>;
  exit(exitCode: number): void;
}

/**
 * The one way out of the process, for whatever reason: HTTP first, then what the modules hold, then the process. It
 * begins once; being asked again changes nothing, except that a fatal error on the way out becomes the reason.
 */
export class Departure {
  private readonly logger = new Logger('ProcessGuard');
  private latest: End | undefined;
  private isOver = false;

  constructor(private readonly steps: DepartureSteps) {}

  get isUnderWay(): boolean {
    return this.latest !== undefined;
  }

  /** Why the process leaves; undefined while it stays. */
  get end(): End | undefined {
    return this.latest;
  }

  /** @param lastAct runs when nothing is served any more, right before the exit; may block for up to a minute. */
  begin(end: End, lastAct?: () => Promise<void>): void {
    if (this.latest) {
      if (end.cause === 'fatal-error' && this.latest.cause !== 'fatal-error') this.record(end);
      return;
    }
    leaving = true;
    this.latest = end;
    // Before all else: what comes next may throw or hang.
    const { drainTimeoutMs } = this.steps;
    const deadline = setTimeout(
      () => this.leave('the deadline has passed'),
      drainTimeoutMs + CLOSE_TIMEOUT_MS,
    );
    this.record(end);
    void this.serveNoMore().then(() => {
      clearTimeout(deadline);
      return this.finish(lastAct);
    });
  }

  private record(end: End): void {
    this.latest = end;
    try {
      this.steps.writeLastWords(end);
    } catch (error) {
      this.complain('write last words', error);
    }
  }

  private async serveNoMore(): Promise<void> {
    await this.attempt('drain', async () => {
      const outcome = await this.steps.drain();
      this.say('log', { message: describeDrain(outcome), ...outcome });
      const { latest } = this;
      if (latest) this.record({ ...latest, evidence: { ...latest.evidence, ...outcome } });
    });
    await this.attempt('close the application', () => this.steps.closeApplication());
  }

  private async finish(lastAct: (() => Promise<void>) | undefined): Promise<void> {
    if (lastAct) await within(LAST_ACT_TIMEOUT_MS, this.attempt('write what is known', lastAct));
    await within(
      FLUSH_TIMEOUT_MS,
      this.attempt('flush the logs', () => this.steps.flushLogs()),
    );
    this.leave();
  }

  private leave(problem?: string): void {
    if (this.isOver) return;
    this.isOver = true;
    if (problem) this.say('error', { message: `leaving although the process is not ready to: ${problem}` });
    this.steps.exit(this.latest?.exitCode ?? 0);
  }

  private async attempt(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.complain(what, error);
    }
  }

  private complain(what: string, error: unknown): void {
    this.say('error', { message: `could not ${what} on the way out: ${messageOf(error)}`, error });
  }

  /** A log that fails must not keep the process. */
  private say(level: 'log' | 'error', line: { readonly message: string; readonly error?: unknown }): void {
    try {
      this.logger[level](line);
    } catch {
      // There is nobody left to tell.
    }
  }
}

function describeDrain({ drainedInMs, cutOff, idleAtDeadline }: DrainOutcome): string {
  const parts = [
    `drained in ${drainedInMs} ms`,
    ...(cutOff > 0 ? [`${cutOff} requests cut off at the deadline`] : []),
    ...(idleAtDeadline > 0 ? [`${idleAtDeadline} idle connections closed at the deadline`] : []),
  ];
  return parts.join(', ');
}

/** Resolves when the step is done, or when its time is up. */
async function within(timeoutMs: number, step: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([step, timeUp]);
  clearTimeout(timer);
}
