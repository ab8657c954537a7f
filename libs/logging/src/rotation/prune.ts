import type { RotatedFile } from './rotated-files.js';

export interface PruneLimits {
  readonly maxFiles: number;
  readonly maxTotalBytes: number;
}

/**
 * Which rotated files have to go: of each name those beyond the count, then the oldest of all until the rest is
 * within the total. The latest of a name is left out of the total until it is compressed to a fraction of its size:
 * it would push out all that came before, and somebody may still write to it.
 * @param files the oldest first
 */
export function filesToPrune(files: readonly RotatedFile[], limits: PruneLimits): RotatedFile[] {
  const kept = new Map<string, number>();
  const gone: RotatedFile[] = [];
  let totalBytes = 0;
  for (const file of files.toReversed()) {
    const count = (kept.get(file.of) ?? 0) + 1;
    kept.set(file.of, count);
    if (count === 1 && !file.isCompressed) continue;
    totalBytes += file.bytes;
    if (count > limits.maxFiles || totalBytes > limits.maxTotalBytes) gone.push(file);
  }
  return gone;
}
