import { needsCollection } from './collection-need.js';
import { FloorWindow } from './floor-window.js';
import { heldBytes, type MemoryFigures } from './memory-figures.js';
import type { MemoryLimits } from './memory-limits.js';
import * as reasons from './memory-reasons.js';
import {
  CRITICAL,
  HIGH,
  HORIZON_MS,
  LEAST_RISE,
  NEARLY_KILLED,
  NODE_ITSELF_BYTES,
  PATIENCE_MS,
  RISING,
} from './memory-thresholds.js';
import { medianSlope, threateningRise, type Point, type Rise } from './rise.js';
import { StrainJudge } from './strain-judge.js';

/** What is to be done about the memory of a worker: nothing, begin fewer requests at a time, replace it. */
export type MemoryVerdict = 'healthy' | 'strained' | 'recycle';

/** How the memory of a worker is judged. */
export interface MemoryJudgement {
  readonly verdict: MemoryVerdict;
  /** One sentence for a person, with figures; null exactly if the verdict is healthy. */
  readonly reason: string | null;
  /** Whether fewer requests should be begun at a time; also of one that is to be replaced, until it is. */
  readonly isStrained: boolean;
  /** What the heap held after its latest major collection; null before the first. */
  readonly heapFloorBytes: number | null;
  /** How fast the floor rises; null while there are too few collections. */
  readonly heapFloorSlopeBytesPerMinute: number | null;
  /** When the floor would reach the heap's limit at that rate; null while it does not rise. */
  readonly projectedMsToLimit: number | null;
}

const MINUTE_MS = 60_000;

/**
 * Judges the figures it is given, at each look and after each major collection; holds no clock and reads nothing.
 * `recycle` is never taken back, because whoever replaces the worker may have begun. While nothing is collected, nothing
 * is known about the floor: then only what the process occupies counts.
 */
export class MemoryJudge {
  private readonly window = new FloorWindow();
  private readonly strain: StrainJudge;
  private floorHighSinceMs: number | null = null;
  private rssHighSinceMs: number | null = null;
  private latest: MemoryJudgement = {
    verdict: 'healthy',
    reason: null,
    isStrained: false,
    heapFloorBytes: null,
    heapFloorSlopeBytesPerMinute: null,
    projectedMsToLimit: null,
  };

  constructor(private readonly limits: MemoryLimits) {
    this.strain = new StrainJudge(limits);
  }

  get judgement(): MemoryJudgement {
    return this.latest;
  }

  /** Whether the garbage should be collected, as the judgement needs to know what is left. */
  needsCollection(figures: MemoryFigures): boolean {
    return this.latest.verdict !== 'recycle' && needsCollection(figures, this.window.floors, this.limits);
  }

  /** Judges what the process occupies now. */
  onSample(figures: MemoryFigures): MemoryJudgement {
    return this.conclude(figures, this.whyTooLarge(figures));
  }

  /** Judges what a major collection left. */
  onFloor(figures: MemoryFigures): MemoryJudgement {
    const { heapLimitBytes } = this.limits;
    const { heapUsedBytes } = figures;
    this.window.add(figures);
    const heap = this.floors((floor) => floor.heapUsedBytes);
    const leftBytes = heapLimitBytes - heapUsedBytes;
    const mayThreaten = heapUsedBytes >= heapLimitBytes * RISING;
    const rise = mayThreaten ? this.threat(heap, leftBytes, heapLimitBytes) : null;
    const slope = rise?.bytesPerMs ?? medianSlope(heap);
    this.latest = {
      ...this.latest,
      heapFloorBytes: heapUsedBytes,
      heapFloorSlopeBytesPerMinute: slope === null ? null : slope * MINUTE_MS,
      projectedMsToLimit: slope !== null && slope > 0 ? Math.max(0, leftBytes / slope) : null,
    };
    const why = this.whyFloorTooHigh(figures, rise) ?? this.whyTooLarge(figures) ?? this.whyGrowing(figures);
    return this.conclude(figures, why);
  }

  private whyFloorTooHigh({ heapUsedBytes, atMs }: MemoryFigures, rise: Rise | null): string | null {
    const { heapLimitBytes } = this.limits;
    if (rise) return reasons.heapFloorRises(heapUsedBytes, rise.bytesPerMs, heapLimitBytes);
    const share = heapUsedBytes / heapLimitBytes;
    this.floorHighSinceMs = share < HIGH ? null : (this.floorHighSinceMs ?? atMs);
    return share >= CRITICAL || isOver(this.floorHighSinceMs, atMs)
      ? reasons.heapFloorHigh(heapUsedBytes, heapLimitBytes)
      : null;
  }

  private whyTooLarge(figures: MemoryFigures): string | null {
    const { rssLimitBytes, rssHardLimitBytes } = this.limits;
    const { rssBytes, atMs } = figures;
    this.rssHighSinceMs = rssBytes < rssLimitBytes ? null : (this.rssHighSinceMs ?? atMs);
    if (rssHardLimitBytes !== null && rssBytes >= rssHardLimitBytes * NEARLY_KILLED) {
      return reasons.nearlyKilled(figures, rssHardLimitBytes);
    }
    return isOver(this.rssHighSinceMs, atMs)
      ? reasons.rssTooLarge(figures, rssLimitBytes, PATIENCE_MS)
      : null;
  }

  /**
   * The resident set alone would accuse a cache that fills: freed memory stays in it for a while, 200 MB were seen. So
   * what is held has to be much as well.
   */
  private whyGrowing(figures: MemoryFigures): string | null {
    const { rssLimitBytes } = this.limits;
    const held = this.floors(heldBytes);
    if (heldBytes(figures) < (rssLimitBytes - NODE_ITSELF_BYTES) * RISING) return null;
    const rise = this.threat(held, rssLimitBytes - figures.rssBytes, rssLimitBytes);
    return rise && reasons.rssGrows(figures, rise.bytesPerMs, rssLimitBytes);
  }

  private threat(points: readonly Point[], leftBytes: number, limitBytes: number): Rise | null {
    const rise = threateningRise(points, Math.max(leftBytes, limitBytes * LEAST_RISE));
    return rise && leftBytes / rise.bytesPerMs <= HORIZON_MS ? rise : null;
  }

  private floors(bytesOf: (floor: MemoryFigures) => number): Point[] {
    return this.window.floors.map((floor) => ({ atMs: floor.atMs, bytes: bytesOf(floor) }));
  }

  private conclude(figures: MemoryFigures, whyRecycle: string | null): MemoryJudgement {
    const whyStrained = this.strain.judge(figures);
    this.latest = { ...this.latest, isStrained: whyStrained !== null };
    if (this.latest.verdict !== 'recycle') {
      const verdict = whyRecycle ? 'recycle' : whyStrained ? 'strained' : 'healthy';
      this.latest = { ...this.latest, verdict, reason: whyRecycle ?? whyStrained };
    }
    return this.latest;
  }
}

function isOver(sinceMs: number | null, nowMs: number): boolean {
  return sinceMs !== null && nowMs - sinceMs >= PATIENCE_MS;
}
