import { Logger } from '@nestjs/common';
import { plainEvidence, sentence } from '../decisions/plain-evidence.js';
import { Delivery } from './delivery.js';
import { Repeats } from './repeats.js';
import { Webhook } from './webhook.js';

export interface AlertsOptions {
  /** Which service the alerts are about. */
  readonly service: string;
  /** Where they are posted to as JSON, https or http; it is never logged, since it may hold a secret. @default nowhere */
  readonly webhookUrl?: string | null;
  /** The same key is told once in so long. @default 600000 */
  readonly quietMs?: number;
  /** How long the webhook may take to answer. @default 5000 */
  readonly timeoutMs?: number;
  /** How long to wait before the second try and so on, give or take a half. @default [1000, 5000, 25000] */
  readonly retryDelaysMs?: readonly number[];
  /** The clock on the wall, in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

const MAX_WAITING = 100;
const MAX_KEY_LENGTH = 200;
const DEFAULTS = {
  webhookUrl: null,
  quietMs: 10 * 60_000,
  timeoutMs: 5000,
  retryDelaysMs: [1000, 5000, 25_000],
  now: Date.now,
};

/** Tells people what they should know now: one line in the log, and a POST to the webhook if there is one. */
export class Alerts {
  private readonly logger = new Logger('Alerts');
  private readonly options: Required<AlertsOptions>;
  private readonly repeats: Repeats;
  private readonly delivery: Delivery | null;

  /** @throws WebhookError if the webhook's URL is none, or not of HTTP. */
  constructor(options: AlertsOptions) {
    this.options = Object.freeze({ ...DEFAULTS, ...options });
    const { webhookUrl, timeoutMs, retryDelaysMs, quietMs } = this.options;
    this.repeats = new Repeats(quietMs);
    this.delivery =
      webhookUrl === null
        ? null
        : new Delivery(new Webhook(webhookUrl, timeoutMs), { retryDelaysMs, maxWaiting: MAX_WAITING });
  }

  /**
   * Returns at once and never throws.
   * @param key what kind of thing it is: within ten minutes the same key is only counted, and the count is told with the next one
   */
  raise(key: string, message: string, detail: Readonly<Record<string, unknown>> = {}): void {
    const nowMs = this.options.now();
    const shortKey = key.slice(0, MAX_KEY_LENGTH);
    const repeats = this.repeats.pass(shortKey, nowMs);
    if (repeats === undefined) return;
    const alert = {
      at: new Date(nowMs).toISOString(),
      service: this.options.service,
      message: sentence(message) + (repeats > 0 ? ` (${timesMore(repeats)} since it was last told)` : ''),
      key: shortKey,
      detail: plainEvidence(detail),
    };
    this.logger.error({ message: alert.message, key: shortKey, detail: alert.detail });
    this.delivery?.add(alert);
  }

  /** Aborts what is under way; from then on alerts are in the log only. */
  async stop(): Promise<void> {
    await this.delivery?.stop();
  }
}

function timesMore(repeats: number): string {
  return repeats === 1 ? 'once more' : `${repeats} times more`;
}
