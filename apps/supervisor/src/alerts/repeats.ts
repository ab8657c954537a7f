interface Told {
  readonly atMs: number;
  repeats: number;
}

/** More kinds of alerts than there are; it only keeps keys with numbers in them from filling the memory. */
const MAX_KEYS = 1000;

/** Lets each key pass once in a while, and counts what it keeps back. */
export class Repeats {
  private readonly told = new Map<string, Told>();

  constructor(private readonly quietMs: number) {}

  /** @returns how often the key was kept back since it last passed; undefined if it is kept back now, too */
  pass(key: string, nowMs: number): number | undefined {
    const last = this.told.get(key);
    const isQuiet = last && nowMs >= last.atMs && nowMs - last.atMs < this.quietMs;
    if (isQuiet) {
      last.repeats += 1;
      return undefined;
    }
    this.told.delete(key);
    this.told.set(key, { atMs: nowMs, repeats: 0 });
    const [oldest] = this.told.keys();
    if (this.told.size > MAX_KEYS && oldest !== undefined) this.told.delete(oldest);
    return last?.repeats ?? 0;
  }
}
