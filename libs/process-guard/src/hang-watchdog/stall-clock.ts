/** What one look at the event loop shows. */
export interface LoopSight {
  /** A monotonic clock. */
  readonly nowMs: number;
  /** How often the loop has beaten so far. */
  readonly beats: number;
  /**
   * For how long the main thread was ready to run but had no processor so far; 0 where the system does not tell. Asked
   * for only while the loop stands still.
   */
  readonly cpuWaitMs: () => number;
  /** The interval at which the looks are meant to follow each other. */
  readonly pollMs: number;
}

/** A gap between two looks counts at most as so many intervals. */
const INTERVALS_PER_GAP = 2;
/** Want of a processor makes the clock run slower, but not more than by this factor: a real hang must end. */
const SLOWEST = 5;

/**
 * Counts for how long the event loop has stood still, while everything else moved. The time between two looks counts as
 * far as they came when they were due: of a process that was stopped, a machine that was suspended or a container that
 * was throttled, the watchdog's own looks are missing too. Nor does time count in which the main thread waited for a
 * processor, or every busy machine would be full of hangs.
 *
 * It never counts more than has passed since the last beat.
 */
export class StallClock {
  private last: LoopSight | undefined;
  private waitedMs: number | undefined;
  private counted = 0;

  /** @returns for how long the loop has stood still, in ms; 0 when it has moved since the last look. */
  look(sight: LoopSight): number {
    const { last } = this;
    this.last = sight;
    if (last && sight.beats === last.beats) this.counted += this.standstill(last, sight);
    else this.begin();
    return this.counted;
  }

  /** Forgets what it saw: the loop stands still for a reason. */
  reset(): void {
    this.last = undefined;
    this.begin();
  }

  private begin(): void {
    this.waitedMs = undefined;
    this.counted = 0;
  }

  private standstill(last: LoopSight, { nowMs, pollMs, cpuWaitMs }: LoopSight): number {
    const gapMs = Math.min(nowMs - last.nowMs, INTERVALS_PER_GAP * pollMs);
    const before = this.waitedMs;
    this.waitedMs = cpuWaitMs();
    const waitedMs = Math.max(0, this.waitedMs - (before ?? this.waitedMs));
    return Math.max(gapMs - waitedMs, gapMs / SLOWEST);
  }
}
