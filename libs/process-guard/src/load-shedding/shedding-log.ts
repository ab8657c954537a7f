import { Logger } from '@nestjs/common';

/** What health tells of load shedding. */
export interface SheddingState {
  /** Whether a request was shed within the last second. */
  readonly shedding: boolean;
  /** Why, for a person; null if it is not shedding. */
  readonly reason: string | null;
  /** Since the process started. */
  readonly shedCount: number;
}

/** For health, that sheds come one by one. */
const RECENT_MS = 1000;
/** For the log, so that a load that comes and goes gives at most twelve lines a minute. */
const EPISODE_GAP_MS = 10_000;

interface Episode {
  readonly startedAtMs: number;
  readonly shedBefore: number;
}

/** Counts what is shed, and logs one line when it begins and one when nothing was shed for ten seconds. */
export class SheddingLog {
  private readonly logger = new Logger('LoadShedding');
  private shedCount = 0;
  private reason = '';
  private lastShedAtMs = -Infinity;
  private episode: Episode | undefined;

  constructor(private readonly nowMs: () => number) {}

  get state(): SheddingState {
    const { shedCount } = this;
    const shedding = this.nowMs() - this.lastShedAtMs < RECENT_MS;
    return { shedding, reason: shedding ? this.reason : null, shedCount };
  }

  noteShed(reason: string, waitMs?: number): void {
    this.reason = reason;
    this.lastShedAtMs = this.nowMs();
    if (!this.episode) this.begin(waitMs);
    this.shedCount += 1;
  }

  beat(): void {
    if (this.episode && this.nowMs() - this.lastShedAtMs >= EPISODE_GAP_MS) this.end(this.episode);
  }

  stop(): void {
    if (this.episode) this.end(this.episode);
  }

  private begin(waitMs: number | undefined): void {
    const { reason } = this;
    this.episode = { startedAtMs: this.lastShedAtMs, shedBefore: this.shedCount };
    const wait = waitMs === undefined ? {} : { waitMs: Math.round(waitMs) };
    this.logger.warn({ message: `shedding load, because ${reason}`, reason, ...wait });
  }

  private end({ startedAtMs, shedBefore }: Episode): void {
    this.episode = undefined;
    const shed = this.shedCount - shedBefore;
    const forMs = Math.round(this.lastShedAtMs - startedAtMs);
    this.logger.log({ message: `load shedding is over: ${shed} requests in ${forMs} ms`, shed, forMs });
  }
}
