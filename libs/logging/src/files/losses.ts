/** Lines that a log file could not take, since the process began. */
export interface Losses {
  readonly lines: number;
  readonly bytes: number;
  /** When the last run of losses began; absent if nothing was ever lost. */
  readonly since?: Date;
}

/** A run of lost lines, told once it is over. */
export interface LossReport {
  /** The file that they were for. */
  readonly file: string;
  readonly lines: number;
  readonly bytes: number;
  readonly since: Date;
  /** Why, in words. */
  readonly reason: string;
}

/** Counts what is lost, all in all and since it was told last. */
export class LossCount {
  private lines = 0;
  private bytes = 0;
  private since: Date | undefined;
  private told = { lines: 0, bytes: 0 };
  private reason: string | undefined;

  constructor(private readonly file: string) {}

  add(lines: number, bytes: number, reason: string): void {
    if (lines === 0) return;
    if (this.reason === undefined) this.since = new Date();
    this.reason = reason;
    this.lines += lines;
    this.bytes += bytes;
  }

  get all(): Losses {
    return { lines: this.lines, bytes: this.bytes, ...(this.since && { since: this.since }) };
  }

  get isUntold(): boolean {
    return this.reason !== undefined;
  }

  /** What was lost since the last call. */
  tell(): LossReport | undefined {
    const { file, since, reason } = this;
    if (since === undefined || reason === undefined) return undefined;
    const lines = this.lines - this.told.lines;
    const bytes = this.bytes - this.told.bytes;
    this.told = { lines: this.lines, bytes: this.bytes };
    this.reason = undefined;
    return { file, lines, bytes, since, reason };
  }
}
