import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';

/** The usual time between two scrapes, so that hardly a stall is missed, and none vanishes in an average since the start. */
const WINDOW_MS = 15_000;
/** Twenty looks a second: a process that rests hardly notices them. */
const RESOLUTION_MS = 50;
const NANOSECONDS = 1e9;

/** How the event loop was for a while. */
export interface EventLoopWindow {
  /** Share of the time in which it had something to do, 0 to 1. */
  readonly utilization: number;
  /** Percentiles of how late a timer was. */
  readonly delayP50Seconds: number;
  readonly delayP99Seconds: number;
  /** The longest; a single stall is less than a percent. */
  readonly delayMaxSeconds: number;
}

type DelayHistogram = Pick<IntervalHistogram, 'enable' | 'disable' | 'reset' | 'percentile' | 'max'>;

/** Watches the event loop, window by window, so that any number of scrapers see the same. */
export class EventLoopWindows {
  private readonly timer: NodeJS.Timeout;
  private usage = performance.eventLoopUtilization();
  private last: EventLoopWindow | undefined;

  constructor(
    private readonly delays: DelayHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS }),
  ) {
    delays.enable();
    this.timer = setInterval(() => this.next(), WINDOW_MS).unref();
  }

  /** The latest window that is over; what there is of the first one before. */
  get window(): EventLoopWindow {
    return this.last ?? this.current();
  }

  stop(): void {
    clearInterval(this.timer);
    this.delays.disable();
  }

  private next(): void {
    this.last = this.current();
    this.usage = performance.eventLoopUtilization();
    this.delays.reset();
  }

  private current(): EventLoopWindow {
    return {
      utilization: performance.eventLoopUtilization(this.usage).utilization,
      delayP50Seconds: lateSeconds(this.delays.percentile(50)),
      delayP99Seconds: lateSeconds(this.delays.percentile(99)),
      delayMaxSeconds: lateSeconds(this.delays.max),
    };
  }
}

/** Node measures from timer to timer, the time between them included. */
function lateSeconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1000);
}
