import { Logger } from '@nestjs/common';
import type { Alert } from './alert.js';
import type { Webhook } from './webhook.js';

export interface DeliveryOptions {
  /** How long to wait before the second try and so on, in ms; one try more than there are delays. */
  readonly retryDelaysMs: readonly number[];
  /** Alerts that may wait; beyond that the oldest is given up. */
  readonly maxWaiting: number;
}

/** Posts alerts one after another, in their order. */
export class Delivery {
  private readonly logger = new Logger('Alerts');
  private readonly waiting: Alert[] = [];
  private readonly stopping = new AbortController();
  private sending: Promise<void> = Promise.resolve();
  private isSending = false;
  private overflown = 0;

  constructor(
    private readonly webhook: Pick<Webhook, 'post'>,
    private readonly options: DeliveryOptions,
  ) {}

  add(alert: Alert): void {
    if (this.stopping.signal.aborted) return;
    this.waiting.push(alert);
    if (this.waiting.length > this.options.maxWaiting) {
      this.waiting.shift();
      this.overflown += 1;
      if (this.overflown === 1)
        this.logger.warn('too many alerts wait for the webhook; the oldest are given up');
    }
    if (!this.isSending) this.sending = this.sendAll();
  }

  /** Aborts what is under way and gives up what waits. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const givenUp = this.waiting.splice(0).length + (this.isSending ? 1 : 0);
    await this.sending;
    if (givenUp > 0) this.logger.warn(`${givenUp} alerts were not delivered to the webhook before the stop`);
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    for (let alert = this.waiting.shift(); alert; alert = this.waiting.shift()) await this.send(alert);
    this.isSending = false;
    this.overflown = 0;
  }

  private async send(alert: Alert): Promise<void> {
    const { signal } = this.stopping;
    const body = JSON.stringify(alert);
    const delays = [...this.options.retryDelaysMs];
    while (!signal.aborted) {
      try {
        await this.webhook.post(body, signal);
        return;
      } catch (error) {
        const delayMs = delays.shift();
        if (delayMs !== undefined) await waitWithJitter(delayMs, signal);
        else if (signal.aborted) return;
        else {
          this.giveUp(alert, error);
          return;
        }
      }
    }
  }

  private giveUp({ key, message }: Alert, error: unknown): void {
    const tries = this.options.retryDelaysMs.length + 1;
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.error({
      message: `the webhook did not take an alert in ${tries} tries, which is given up: ${reason}`,
      key,
      alert: message,
    });
  }
}

/** Half to one and a half times as long, so that several supervisors do not come at the same moments; ends early when aborted. */
function waitWithJitter(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs * (0.5 + Math.random())).unref();
    signal.addEventListener('abort', end);
  });
}
