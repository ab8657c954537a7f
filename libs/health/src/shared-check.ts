import { describeFailure } from './describe-failure.js';
import type { HealthProbe } from './probe.js';
import { publicDetails } from './public-details.js';

/** What one check found, fit for the public. */
export interface Outcome {
  readonly isUp: boolean;
  readonly details: Readonly<Record<string, unknown>>;
  /** What was thrown if it is not up; for the log, never for the answer. */
  readonly error?: unknown;
}

/**
 * Runs one probe for everybody who asks: those who ask at the same time share one run, those who ask soon after share
 * its outcome. While a run that did not keep its time is unfinished no other begins, so checks of something that hangs
 * cannot pile up, however often they are asked for.
 *
 * Terminus' own `cacheFor` starts another run as soon as the cached time is over, finished or not.
 */
export class SharedCheck {
  private running: Promise<Outcome> | undefined;
  private unfinished: Promise<unknown> | undefined;
  private last: { readonly outcome: Outcome; readonly goodUntil: number } | undefined;

  constructor(
    private readonly probe: HealthProbe,
    private readonly timeoutMs: number,
    private readonly cacheMs: number,
    private readonly onOutcome: (outcome: Outcome) => void,
  ) {}

  /** Never rejects, and takes no longer than the timeout. */
  outcome(): Promise<Outcome> {
    if (this.last && performance.now() < this.last.goodUntil) return Promise.resolve(this.last.outcome);
    if (this.running) return this.running;
    if (this.unfinished) return Promise.resolve(this.tooLate());
    this.running = this.run().then((outcome) => {
      this.running = undefined;
      this.last = { outcome, goodUntil: performance.now() + this.cacheMs };
      this.onOutcome(outcome);
      return outcome;
    });
    return this.running;
  }

  private async run(): Promise<Outcome> {
    const controller = new AbortController();
    const run = this.check(controller.signal);
    this.unfinished = run;
    void run.then(() => (this.unfinished = undefined));

    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => {
        controller.abort(new Error(`the health check took more than ${this.timeoutMs} ms`));
        resolve(this.tooLate());
      }, this.timeoutMs);
    });
    try {
      return await Promise.race([run, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async check(signal: AbortSignal): Promise<Outcome> {
    try {
      return { isUp: true, details: publicDetails(await this.probe.check(signal)) };
    } catch (error) {
      return { isUp: false, details: describeFailure(error), error };
    }
  }

  private tooLate(): Outcome {
    const message = `No answer within ${this.timeoutMs} ms.`;
    return { isUp: false, details: { message }, error: new Error(message) };
  }
}
