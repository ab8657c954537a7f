import { Logger } from '@nestjs/common';
import type { MemoryReading } from './memory-watchdog.js';

/** The share of its limit that a worker may take before it does anything. */
const NEWBORN_SHARE = 0.8;

/** Says so if the limit is one that no worker can live under: no restart cures that. */
export function warnOfLowLimit({ rssBytes, rssLimitBytes }: MemoryReading): void {
  if (rssBytes < rssLimitBytes * NEWBORN_SHARE) return;
  const [size, limit] = [rssBytes, rssLimitBytes].map((bytes) => Math.round(bytes / 2 ** 20));
  new Logger('MemoryWatchdog').error({
    message: `the memory limit of ${limit} MiB is too low: a fresh worker takes ${size} MiB. Raise the limit, or the memory of the container.`,
    rssBytes,
    rssLimitBytes,
  });
}
