import type { MemoryFigures } from './memory-figures.js';

// MB is 1024 × 1024 bytes here, as in Node's flags and pm2's settings.
const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;

export function heapFloorRises(floorBytes: number, bytesPerMs: number, limitBytes: number): string {
  return `The heap keeps ${megabytes(floorBytes)} after each collection and grows by ${megabytes(bytesPerMs * MINUTE_MS)} a minute; ${reaches(limitBytes - floorBytes, bytesPerMs, limitBytes)}.`;
}

export function heapFloorHigh(floorBytes: number, limitBytes: number): string {
  return `The heap keeps ${megabytes(floorBytes)} after each collection, ${percent(floorBytes, limitBytes)} of its limit of ${megabytes(limitBytes)}.`;
}

export function rssGrows(figures: MemoryFigures, bytesPerMs: number, limitBytes: number): string {
  return `${residentSet(figures)}, and what is kept after each collection grows by ${megabytes(bytesPerMs * MINUTE_MS)} a minute; ${reaches(limitBytes - figures.rssBytes, bytesPerMs, limitBytes)}.`;
}

export function rssTooLarge(figures: MemoryFigures, limitBytes: number, forMs: number): string {
  return `${residentSet(figures)}, above its limit of ${megabytes(limitBytes)} for ${forMs / 1000} seconds.`;
}

export function nearlyKilled(figures: MemoryFigures, hardLimitBytes: number): string {
  return `${residentSet(figures)}, ${percent(figures.rssBytes, hardLimitBytes)} of the ${megabytes(hardLimitBytes)} that the container has for it.`;
}

export function heapStrained(usedBytes: number, limitBytes: number): string {
  return `The heap holds ${megabytes(usedBytes)}, ${percent(usedBytes, limitBytes)} of its limit of ${megabytes(limitBytes)}.`;
}

export function rssStrained(rssBytes: number, limitBytes: number): string {
  return `The resident set is ${megabytes(rssBytes)}, ${percent(rssBytes, limitBytes)} of its limit of ${megabytes(limitBytes)}.`;
}

function residentSet({ rssBytes, heapUsedBytes, externalBytes }: MemoryFigures): string {
  return `The resident set is ${megabytes(rssBytes)} (heap ${megabytes(heapUsedBytes)}, Buffers and the like ${megabytes(externalBytes)})`;
}

function reaches(leftBytes: number, bytesPerMs: number, limitBytes: number): string {
  const limit = `its limit of ${megabytes(limitBytes)}`;
  if (leftBytes <= 0) return `it has reached ${limit}`;
  return `it would reach ${limit} in ${duration(leftBytes / bytesPerMs)}`;
}

function duration(ms: number): string {
  return ms < MINUTE_MS ? `${(ms / 1000).toFixed(1)} seconds` : `${(ms / MINUTE_MS).toFixed(1)} minutes`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
