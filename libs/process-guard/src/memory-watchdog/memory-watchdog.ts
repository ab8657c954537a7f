import { Logger } from '@nestjs/common';
import type { Shortage } from '../recycling/shortage.js';
import { lookClosely } from './close-look.js';
import { garbageCollector } from './collect-garbage.js';
import { watchHeapFloor } from './heap-floor.js';
import { readMemoryFigures, type MemoryFigures } from './memory-figures.js';
import { MemoryJudge, type MemoryJudgement, type MemoryVerdict } from './memory-judge.js';
import type { MemoryLimits } from './memory-limits.js';
import { HIGH, NEARLY_KILLED, RISING } from './memory-thresholds.js';

/** The latest figures, for health. */
export interface MemoryReading {
  readonly rssBytes: number;
  /** The resident set at which the worker is recycled. */
  readonly rssLimitBytes: number;
  /** What counts towards the limit: all of the heap but its young generation. */
  readonly heapUsedBytes: number;
  readonly heapLimitBytes: number;
  /** What the heap held after its latest major collection; null before the first. */
  readonly heapFloorBytes: number | null;
  /** How fast the floor rises; null while there are too few collections. */
  readonly heapFloorSlopeBytesPerMinute: number | null;
}

/** Watches the memory of this process and says when load must be shed or the worker be replaced, before a limit is reached. */
export class MemoryWatchdog {
  private readonly logger = new Logger('MemoryWatchdog');
  private readonly judge: MemoryJudge;
  private figures: MemoryFigures;

  /**
   * @param onVerdict told of each change of the verdict, and at every look as long as it is `recycle`
   * @param read where the figures come from; the process itself by default
   * @param collect makes V8 collect all garbage
   */
  constructor(
    private readonly limits: MemoryLimits,
    private readonly onVerdict: (judgement: MemoryJudgement) => void = () => undefined,
    private readonly read: () => MemoryFigures = readMemoryFigures,
    private readonly collect: () => void = garbageCollector(),
  ) {
    this.judge = new MemoryJudge(limits);
    this.figures = read();
  }

  /** Judges after each major collection from now on, and five times a second while the heap is rather full. @returns what stops it */
  start(): () => void {
    const stops = [
      watchHeapFloor((figures) => this.look(figures, () => this.judge.onFloor(figures))),
      lookClosely(this.limits.heapLimitBytes * RISING, () => this.sample()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /**
   * Judges what the process occupies now; about 15 µs. To be called once a second. Where the answer hangs on how much of it
   * is garbage, it has that collected first, some tenths of a second; the judgement follows in the next turn.
   */
  sample(): void {
    const figures = this.read();
    if (this.judge.needsCollection(figures)) this.collect();
    this.look(figures, () => this.judge.onSample(figures));
  }

  get verdict(): MemoryVerdict {
    return this.judge.judgement.verdict;
  }

  /** Why it is not healthy; null if it is. */
  get reason(): string | null {
    return this.judge.judgement.reason;
  }

  /** Why the worker has to be replaced; null if it has not. */
  get shortage(): Shortage | null {
    const { verdict, reason } = this.judge.judgement;
    if (verdict !== 'recycle' || reason === null) return null;
    const waitsFor = this.isCritical ? 'nothing' : 'supervisor';
    return { cause: 'memory', reason, waitsFor, evidence: { ...this.reading } };
  }

  /** Whether V8 or the kernel may end the process before it has drained. */
  private get isCritical(): boolean {
    const { heapLimitBytes, rssHardLimitBytes } = this.limits;
    const { heapUsedBytes, rssBytes } = this.figures;
    return (
      heapUsedBytes >= heapLimitBytes * HIGH ||
      (rssHardLimitBytes !== null && rssBytes >= rssHardLimitBytes * NEARLY_KILLED)
    );
  }

  get reading(): MemoryReading {
    const { rssBytes, heapUsedBytes } = this.figures;
    const { heapFloorBytes, heapFloorSlopeBytesPerMinute } = this.judge.judgement;
    return {
      rssBytes,
      rssLimitBytes: this.limits.rssLimitBytes,
      heapUsedBytes,
      heapLimitBytes: this.limits.heapLimitBytes,
      heapFloorBytes,
      heapFloorSlopeBytesPerMinute,
    };
  }

  private look(figures: MemoryFigures, judge: () => MemoryJudgement): void {
    const before = this.verdict;
    this.figures = figures;
    const judgement = judge();
    if (judgement.verdict !== before) this.log(judgement);
    if (judgement.verdict !== before || judgement.verdict === 'recycle') this.onVerdict(judgement);
  }

  private log({ verdict, reason }: MemoryJudgement): void {
    if (verdict === 'healthy') {
      this.logger.log({ message: 'memory is healthy again', ...this.reading });
    } else {
      this.logger.warn({ message: `${verdict} for memory: ${reason}`, ...this.reading });
    }
  }
}
