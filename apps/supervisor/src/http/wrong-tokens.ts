/** Wrong tokens that one address may send within a minute. */
const ALLOWED = 10;
const WINDOW_MS = 60_000;
/** The oldest are forgotten: whoever commands more addresses than these is not to fill the memory. */
const MOST_ADDRESSES = 1000;

interface Tally {
  readonly sinceMs: number;
  count: number;
}

/** Who sent how many wrong tokens in the last minute. */
export class WrongTokens {
  /** In the order of their first wrong token. */
  readonly #tallies = new Map<string, Tally>();

  /** @param now a clock that never goes back, in ms */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many addresses are remembered. */
  get addresses(): number {
    return this.#tallies.size;
  }

  /** Counts one. @returns how many seconds the address has to wait; 0 while it is allowed to be wrong */
  note(address: string): number {
    const now = this.now();
    this.#forgetBefore(now - WINDOW_MS);
    const tally = this.#tallies.get(address) ?? { sinceMs: now, count: 0 };
    tally.count += 1;
    this.#tallies.set(address, tally);
    if (this.#tallies.size > MOST_ADDRESSES) this.#forgetOldest();
    return tally.count > ALLOWED ? Math.max(1, Math.ceil((tally.sinceMs + WINDOW_MS - now) / 1000)) : 0;
  }

  #forgetBefore(timeMs: number): void {
    for (const [address, { sinceMs }] of this.#tallies) {
      if (sinceMs > timeMs) return;
      this.#tallies.delete(address);
    }
  }

  #forgetOldest(): void {
    for (const address of this.#tallies.keys()) {
      this.#tallies.delete(address);
      return;
    }
  }
}
