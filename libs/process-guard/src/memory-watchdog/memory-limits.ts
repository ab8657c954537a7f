import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { youngGenerationBytes } from './young-generation.js';

/** Against what the memory of one worker is judged. */
export interface MemoryLimits {
  /** The resident set at which the worker is recycled. */
  readonly rssLimitBytes: number;
  /** The resident set at which the kernel may kill, the worker's share of the container; null without a container's limit. */
  readonly rssHardLimitBytes: number | null;
  /** What the old generation of the heap may grow to before V8 aborts, `--max-old-space-size`. */
  readonly heapLimitBytes: number;
  /** What the container may occupy, all workers together; null without such a limit. */
  readonly containerLimitBytes: number | null;
}

/** What an application sets. */
export interface MemoryLimitSettings {
  /** The resident set at which the worker is recycled. @default 700 MiB, or 80 % of the worker's share if that is less */
  readonly configuredBytes?: number | undefined;
  /** How many workers share the memory of the machine or container. */
  readonly workers: number;
  /** `NODE_OPTIONS`, if set: V8's flags there bear on the limit of the heap as those of the command line do. */
  readonly nodeOptions?: string | undefined;
}

/** What the process says of itself and of the machine. */
export interface LimitReadings {
  readonly heapSizeLimitBytes: number;
  /** As Node tells it: 0, undefined or about 1.8e19 where there is no limit. */
  readonly constrainedMemoryBytes: number | undefined;
  readonly totalMemoryBytes: number;
  readonly v8Version: string;
  readonly execArgv: readonly string[];
}

const MEBIBYTE = 1024 * 1024;
/** A Nest service takes 100 to 200 MiB; pm2's own examples of `max_memory_restart` are of this size. */
const DEFAULT_RSS_LIMIT_BYTES = 700 * MEBIBYTE;
/** The rest is for what grows between two looks, and for the page cache. */
const SHARE_OF_SHARE = 0.8;

/**
 * The limits of this worker.
 * @throws Error if more is configured than the container has.
 */
export function memoryLimits(
  { configuredBytes, workers, nodeOptions = '' }: MemoryLimitSettings,
  readings: LimitReadings = readLimits(),
): MemoryLimits {
  const containerLimitBytes = containerLimit(readings);
  if (configuredBytes !== undefined && configuredBytes > (containerLimitBytes ?? Infinity)) {
    throw new Error(
      `the memory limit of a worker is ${configuredBytes} bytes, but the whole container has only ${containerLimitBytes}`,
    );
  }
  const shareBytes = (containerLimitBytes ?? Infinity) / workers;
  const rssLimitBytes =
    configuredBytes ?? Math.floor(Math.min(DEFAULT_RSS_LIMIT_BYTES, shareBytes * SHARE_OF_SHARE));
  return Object.freeze({
    rssLimitBytes,
    // Who allows a worker more than its share counts on the others using less.
    rssHardLimitBytes:
      containerLimitBytes && Math.floor(rssLimitBytes > shareBytes ? containerLimitBytes : shareBytes),
    heapLimitBytes: heapLimit(readings, nodeOptions),
    containerLimitBytes,
  });
}

/** `heap_size_limit` counts room for the young generation, but V8 aborts when the old generation alone is full. */
function heapLimit(readings: LimitReadings, nodeOptions: string): number {
  return (
    readings.heapSizeLimitBytes -
    youngGenerationBytes({
      totalMemoryBytes: Math.min(readings.totalMemoryBytes, containerLimit(readings) ?? Infinity),
      v8Version: readings.v8Version,
      // The last flag wins, and the command line comes after NODE_OPTIONS.
      flags: [...nodeOptions.split(/\s+/), ...readings.execArgv],
    })
  );
}

function containerLimit({ constrainedMemoryBytes, totalMemoryBytes }: LimitReadings): number | null {
  if (!constrainedMemoryBytes || constrainedMemoryBytes > totalMemoryBytes) return null;
  return constrainedMemoryBytes;
}

function readLimits(): LimitReadings {
  return {
    heapSizeLimitBytes: getHeapStatistics().heap_size_limit,
    constrainedMemoryBytes: process.constrainedMemory(),
    totalMemoryBytes: totalmem(),
    v8Version: process.versions.v8,
    execArgv: process.execArgv,
  };
}
