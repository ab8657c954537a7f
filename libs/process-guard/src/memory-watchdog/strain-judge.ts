import type { MemoryFigures } from './memory-figures.js';
import type { MemoryLimits } from './memory-limits.js';
import { heapStrained, rssStrained } from './memory-reasons.js';

/**
 * Where strain begins and where it is over. V8 collects at the latest half-way between what is held and its limit: a
 * heap reaches 90 % only if it holds 80 % or so, and a cache at 60 % swings between 60 and 80 %.
 */
const HEAP = { begins: 0.9, ends: 0.78 };
const RSS = { begins: 0.95, ends: 0.85 };

/** Says whether memory is so short that load should be shed; does not change its mind between the two marks. */
export class StrainJudge {
  private heapIsStrained = false;
  private rssIsStrained = false;

  constructor(private readonly limits: MemoryLimits) {}

  /** @returns a sentence for a person, or null if there is room */
  judge({ heapUsedBytes, rssBytes }: MemoryFigures): string | null {
    const { heapLimitBytes, rssLimitBytes } = this.limits;
    this.heapIsStrained = isStrained(heapUsedBytes / heapLimitBytes, HEAP, this.heapIsStrained);
    this.rssIsStrained = isStrained(rssBytes / rssLimitBytes, RSS, this.rssIsStrained);
    if (this.heapIsStrained) return heapStrained(heapUsedBytes, heapLimitBytes);
    return this.rssIsStrained ? rssStrained(rssBytes, rssLimitBytes) : null;
  }
}

function isStrained(share: number, marks: { begins: number; ends: number }, was: boolean): boolean {
  return share >= (was ? marks.ends : marks.begins);
}
