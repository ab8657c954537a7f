/** How many newer lines may overtake one before it counts as lost: the window of RFC 4303, section 3.4.3. */
const WINDOW = 64;

/** A stretch of numbers in which lines did not arrive. */
export interface Gap {
  readonly first: number;
  readonly last: number;
  /** How many in it did not arrive: fewer than it spans if others in between did. */
  readonly lines: number;
}

/** Which lines of one sender arrived. Numbers begin at 1; holds at most a window of them. */
export class Sequence {
  private readonly missing = new Set<number>();
  private lostLines = 0;
  private gap: Gap | undefined;

  /** @param latest the highest number that arrived before, or is known to be lost */
  constructor(private latest = 0) {}

  /** The highest number that is known to have been sent. */
  get last(): number {
    return this.latest;
  }

  /** How many were given up. */
  get lost(): number {
    return this.lostLines;
  }

  /** Whether there is something to tell. */
  get hasGap(): boolean {
    return this.gap !== undefined;
  }

  /** Whether that line neither arrived before nor was given up. */
  expects(number: number): boolean {
    return number > this.latest || this.missing.has(number);
  }

  arrived(number: number): void {
    this.sent(number);
    this.missing.delete(number);
  }

  /** Lines up to that number were sent, whether they arrive or not. */
  sent(number: number): void {
    if (number <= this.latest) return;
    const windowStart = Math.max(1, number - WINDOW + 1);
    if (this.latest + 1 < windowStart) this.lose(this.latest + 1, windowStart - 1);
    for (let skipped = Math.max(this.latest + 1, windowStart); skipped <= number; skipped += 1) {
      this.missing.add(skipped);
    }
    this.latest = number;
    this.giveUpTo(windowStart - 1);
  }

  /** What is missing up to that number will not come any more. */
  giveUpTo(last: number): void {
    for (const number of this.missing) {
      if (number <= last) this.giveUp(number);
    }
  }

  /** Has what was lost told, unless it was told before. @param tell tells whether it did */
  tellGap(tell: (gap: Gap) => boolean): void {
    if (this.gap !== undefined && tell(this.gap)) this.gap = undefined;
  }

  private giveUp(number: number): void {
    this.missing.delete(number);
    this.lose(number, number);
  }

  private lose(first: number, last: number): void {
    const lines = last - first + 1;
    this.lostLines += lines;
    this.gap = {
      first: Math.min(first, this.gap?.first ?? first),
      last: Math.max(last, this.gap?.last ?? last),
      lines: (this.gap?.lines ?? 0) + lines,
    };
  }
}
